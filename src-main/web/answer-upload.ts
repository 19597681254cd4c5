import type { IncomingMessage, ServerResponse } from 'node:http';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import type { ChosenData, Reply } from '../contract.ts';
import { sendText } from './responses.ts';

export interface UploadServices {
  /** It comes from a browser that was let in. */
  readonly allowed: boolean;
  readonly receive: (body: AsyncIterable<Uint8Array>) => Promise<ChosenData>;
  readonly reportBug: (error: unknown) => void;
}

/** Milliseconds after which an upload that stands still is ended. */
const STANDSTILL = 60_000;

/** Data that a window sends (`UploadManifest`), for a request that the guard let through. A user's mistake is its problems. */
export async function answerUpload(request: IncomingMessage, response: ServerResponse, { allowed, receive, reportBug }: UploadServices): Promise<void> {
  if (!allowed) {
    sendText(response, 403, 'Open Unroll with the address that its terminal shows.', { Connection: 'close' });
    return;
  }
  request.setTimeout(STANDSTILL, () => request.destroy());
  const reply = await replyTo(request, receive, reportBug);
  if (response.destroyed) return;
  sendText(response, 200, JSON.stringify(reply), { 'Content-Type': 'application/json; charset=utf-8', ...(reply.ok ? {} : { Connection: 'close' }) });
}

async function replyTo(request: IncomingMessage, receive: UploadServices['receive'], reportBug: (error: unknown) => void): Promise<Reply<'data.choose'>> {
  try {
    return { ok: true, value: { chosen: await receive(request as AsyncIterable<Uint8Array>) } };
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problems: error.problems };
    reportBug(error);
    return { ok: false, problems: [problem('U060', 'Something inside Unroll failed while it received the data.', 'Try again; the details are in the log.')] };
  }
}
