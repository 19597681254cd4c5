import type { Replies, RequestOf } from '../contract.ts';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import type { Handlers } from './handlers.ts';

/** What a shell on the user's desk has beside files and an engine: a menu, recent projects, files that the system hands over, a log to show. */
export interface Desk {
  /** False where there is no menu. */
  showMenu(commands: RequestOf<'menu.show'>['commands']): boolean;
  recent(): Promise<Replies['project.recent']>;
  /** Throws ProblemError U050 for a handle that this run never gave out, U051 for a file that cannot be read. */
  openKnown(handle: string): Promise<Replies['project.openKnown']>;
  forget(handle: string): Promise<Replies['project.forget']>;
  handed(): Replies['project.handed'];
  /** False where nothing waits for the work to be saved. */
  leave(): boolean;
  /** The log's text; null where its folder is shown instead. */
  readLog(): Promise<string | null>;
}

/** A browser: it keeps its own menu and windows, and its files have no paths. `readLog` gives the log's text. */
export function browserDesk(readLog: () => Promise<string>): Desk {
  return {
    showMenu: () => false,
    recent: () => Promise.resolve({ recent: [] }),
    openKnown: () => Promise.reject(unknownFile()),
    forget: () => Promise.resolve({ recent: [] }),
    handed: () => ({ handed: null }),
    leave: () => false,
    readLog,
  };
}

export function unknownFile(): ProblemError {
  return new ProblemError([problem('U050', 'This file was not chosen in this run of the app.', 'Open it with Open.')]);
}

type DeskRequest = 'menu.show' | 'project.recent' | 'project.openKnown' | 'project.forget' | 'project.handed' | 'app.leave' | 'log.read';

export function deskHandlers(desk: Desk): Pick<Handlers, DeskRequest> {
  return {
    'menu.show': ({ commands }) => Promise.resolve({ shown: desk.showMenu(commands) }),
    'project.recent': () => desk.recent(),
    'project.openKnown': ({ handle }) => desk.openKnown(handle),
    'project.forget': ({ handle }) => desk.forget(handle),
    'project.handed': () => Promise.resolve(desk.handed()),
    'app.leave': () => Promise.resolve({ leaving: desk.leave() }),
    'log.read': async () => ({ text: await desk.readLog() }),
  };
}
