import { basename } from 'node:path';
import type { Shell } from 'electron';
import { unknownFile, type Desk } from '../host/desk.ts';
import type { Handlers } from '../host/handlers.ts';
import type { Log } from '../host/log.ts';
import type { DialogFiles } from '../host/files/project-files.ts';
import { shownRecent, type RecentProjects } from '../host/files/recent-projects.ts';
import type { HandedFiles } from './handed-files.ts';
import type { LeaveGuard } from './leave-guard.ts';
import type { NativeMenu } from './native-menu.ts';

export interface DeskParts {
  readonly shell: Pick<Shell, 'showItemInFolder'>;
  readonly files: DialogFiles;
  readonly recent: RecentProjects;
  readonly handed: HandedFiles;
  readonly menu: NativeMenu;
  readonly guard: LeaveGuard;
  readonly log: Log;
}

/** Menu, recent projects, handed files and the log, as Electron has them. */
export function electronDesk({ shell, files, recent, handed, menu, guard, log }: DeskParts): Desk {
  const pathOf = (handle: string): string => {
    const path = files.pathOf(handle);
    if (path === null) throw unknownFile();
    return path;
  };
  const shown = async () => ({ recent: (await recent.list()).map((each) => shownRecent(each, files.handleOf(each.path))) });
  return {
    showMenu: (commands) => {
      menu.showCommands(commands);
      return true;
    },
    recent: shown,
    openKnown: async (handle) => ({ opened: await files.openPath(pathOf(handle)) }),
    forget: async (handle) => {
      await recent.forget(pathOf(handle));
      return await shown();
    },
    handed: () => {
      const path = handed.take();
      return { handed: path === null ? null : { handle: files.handleOf(path), name: basename(path) } };
    },
    leave: () => guard.leave(),
    readLog: () => {
      shell.showItemInFolder(log.file);
      return Promise.resolve(null);
    },
  };
}

/** The same handlers; what is opened and saved becomes a recent document, of this app and of the system. */
export function rememberProjects(handlers: Handlers, used: (handle: string) => Promise<void>): Handlers {
  const remember = async (handle: string | null | undefined): Promise<void> => {
    if (typeof handle === 'string') await used(handle);
  };
  return {
    ...handlers,
    'project.open': async (argument) => {
      const reply = await handlers['project.open'](argument);
      await remember(reply.opened?.handle);
      return reply;
    },
    'project.openKnown': async (argument) => {
      const reply = await handlers['project.openKnown'](argument);
      await remember(reply.opened?.handle);
      return reply;
    },
    'project.save': async (argument) => {
      const reply = await handlers['project.save'](argument);
      await remember(reply.saved?.handle);
      return reply;
    },
  };
}
