/** The names that the app takes from `electron`, as the double has them. */
import { app, state, WindowDouble } from './double.ts';

export { app, WindowDouble as BrowserWindow };

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => {
    state.privileged.push(...schemes);
  },
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
    state.schemes.set(scheme, handler);
  },
};

export const ipcMain = {
  handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) => {
    state.ipc.set(channel, handler);
  },
};

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: (...args: never[]) => unknown) => {
      state.permissions.request = handler;
    },
    setPermissionCheckHandler: (handler: (...args: never[]) => unknown) => {
      state.permissions.check = handler;
    },
    setDevicePermissionHandler: (handler: (...args: never[]) => unknown) => {
      state.permissions.device = handler;
    },
  },
};

export const shell = {
  openExternal: (url: string) => {
    state.external.push(url);
    return Promise.resolve();
  },
};

export const dialog = {
  showOpenDialog: (...asked: unknown[]) => {
    state.dialogs.asked.push(asked.at(-1));
    return Promise.resolve({ canceled: state.dialogs.open === null, filePaths: state.dialogs.open === null ? [] : [state.dialogs.open] });
  },
  showSaveDialog: (...asked: unknown[]) => {
    state.dialogs.asked.push(asked.at(-1));
    return Promise.resolve({ canceled: state.dialogs.save === null, filePath: state.dialogs.save ?? '' });
  },
  showMessageBoxSync: () => (state.dialogs.leave ? 1 : 0),
};

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => {
    state.menus.push(menu);
  },
};
