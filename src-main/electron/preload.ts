import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { DROP_CHANNEL, EVENT_CHANNEL, REQUEST_CHANNEL } from './channels.ts';

interface EventMessage {
  readonly event: string;
  readonly payload: unknown;
}

contextBridge.exposeInMainWorld('unroll', {
  request: (name: string, argument: unknown): Promise<unknown> => ipcRenderer.invoke(REQUEST_CHANNEL, { name, argument }),
  onEvent: (listener: (name: string, payload: unknown) => void): void => {
    ipcRenderer.on(EVENT_CHANNEL, (_event, message: EventMessage) => listener(message.event, message.payload));
  },
  /** The page hands over files that a person dropped; their paths are read here and never reach it. A file that the page made itself has none. */
  drop: (what: string, files: readonly File[]): Promise<unknown> =>
    ipcRenderer.invoke(DROP_CHANNEL, { what, paths: files.map((file) => webUtils.getPathForFile(file)) }),
});
