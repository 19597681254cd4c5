import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { z } from 'zod';
import type { ShellEvents } from '../contract.ts';
import { answerRequest, type AnyReply, type RequestReport } from '../host/answer-request.ts';
import type { HeardEvent } from '../host/engine-event.ts';
import type { Handlers } from '../host/handlers.ts';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from './channels.ts';
import { PAGE_ORIGIN } from './pages.ts';

const messageSchema = z.strictObject({ name: z.string().max(100), argument: z.unknown() });

export interface RequestServices {
  readonly handlers: Handlers;
  /** Null while there is no window. */
  readonly window: () => WebContents | null;
  readonly report: RequestReport;
}

type ShellEvent = { [E in keyof ShellEvents]: { readonly event: E; readonly payload: ShellEvents[E] } }[keyof ShellEvents];

/** Serves the contract to the window, and to nobody else. */
export function serveRequests(ipcMain: IpcMain, { handlers, window, report }: RequestServices): void {
  ipcMain.handle(REQUEST_CHANNEL, async (event, message: unknown): Promise<AnyReply> => {
    if (!isFromWindow(event, window())) throw new Error('refused: not the window of this app');
    const { name, argument } = messageSchema.parse(message);
    return await answerRequest(handlers, name, argument, report);
  });
}

export function sendEvent(window: WebContents | null, event: HeardEvent | ShellEvent): void {
  if (window !== null && !window.isDestroyed()) window.send(EVENT_CHANNEL, event);
}

/** The top frame of the window, showing a page of ours: no frame inside it, and no other contents. */
export function isFromWindow(event: IpcMainInvokeEvent, window: WebContents | null): boolean {
  const frame = event.senderFrame;
  return window !== null && frame !== null && event.sender === window && frame === window.mainFrame && frame.url.startsWith(`${PAGE_ORIGIN}/`);
}
