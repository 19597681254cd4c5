import { contextBridge, ipcRenderer } from 'electron';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from './channels.ts';

interface EventMessage {
  readonly event: string;
  readonly payload: unknown;
}

contextBridge.exposeInMainWorld('unroll', {
  request: (name: string, argument: unknown): Promise<unknown> => ipcRenderer.invoke(REQUEST_CHANNEL, { name, argument }),
  onEvent: (listener: (name: string, payload: unknown) => void): void => {
    ipcRenderer.on(EVENT_CHANNEL, (_event, message: EventMessage) => listener(message.event, message.payload));
  },
});
