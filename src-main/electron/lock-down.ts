import type { App, Session, Shell, WebContents } from 'electron';
import { mayOpenExternally } from '../../src-engine/document/external-links.ts';
import { PAGE_ORIGIN } from './pages.ts';

/** No page asks the system for anything: camera, notifications, devices, location. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** The window saves what it made itself, pictures and code, where the system's dialog says; nothing is fetched from elsewhere. */
export function limitDownloads(session: Session): void {
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) event.preventDefault();
  });
}

/** Whatever contents come to be: they stay on their page, open no window and hold no webview. Known links go to the browser. */
export function lockDownContents(app: App, shell: Pick<Shell, 'openExternal'>): void {
  app.on('web-contents-created', (_event, contents) => {
    lockDown(contents, shell);
  });
}

function lockDown(contents: WebContents, shell: Pick<Shell, 'openExternal'>): void {
  const stay = (event: { readonly url: string; preventDefault: () => void }): void => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenExternally(url)) shell.openExternal(url).catch(() => undefined);
    return { action: 'deny' };
  });
}

/** Only the page itself: a window may be loaded again. */
function isOwnPage(url: string): boolean {
  return url.replace(/#.*$/su, '') === `${PAGE_ORIGIN}/`;
}
