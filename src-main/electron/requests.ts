import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { z } from 'zod';
import { answerRequest, type AnyReply } from '../host/answer-request.ts';
import type { EngineThread } from '../host/engine-thread.ts';
import type { Handlers } from '../host/handlers.ts';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from './channels.ts';
import { PAGE_ORIGIN } from './pages.ts';

const messageSchema = z.strictObject({ name: z.string().max(100), argument: z.unknown() });

export interface RequestServices {
  readonly handlers: Handlers;
  readonly engine: EngineThread;
  /** Null while there is no window. */
  readonly window: () => WebContents | null;
  readonly reportBug: (error: unknown) => void;
}

/** Serves the contract to the window, and to nobody else. */
export function serveRequests(ipcMain: IpcMain, services: RequestServices): void {
  ipcMain.handle(REQUEST_CHANNEL, async (event, message: unknown): Promise<AnyReply> => {
    if (!isFromWindow(event, services.window())) throw new Error('refused: not the window of this app');
    const { name, argument } = messageSchema.parse(message);
    return await answerRequest(services.handlers, name, argument, services.reportBug);
  });
  services.engine.onEvent((event) => {
    const window = services.window();
    if (window !== null && !window.isDestroyed()) window.send(EVENT_CHANNEL, event);
  });
}

/** The top frame of the window, showing a page of ours: no frame inside it, and no other contents. */
function isFromWindow(event: IpcMainInvokeEvent, window: WebContents | null): boolean {
  const frame = event.senderFrame;
  return window !== null && frame !== null && event.sender === window && frame === window.mainFrame && frame.url.startsWith(`${PAGE_ORIGIN}/`);
}
