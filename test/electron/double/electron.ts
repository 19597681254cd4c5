/** The names that the app takes from `electron`, as one double has them: `electron.ts?run=N` is that of the N-th start. */
import { doubleOf } from './doubles.ts';

export const { app, BrowserWindow, dialog, ipcMain, Menu, net, protocol, screen, session, shell } = doubleOf(import.meta.url).electron;
