import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProblemError } from '../../src-engine/document/problems.ts';
import type { ChosenData, Reply } from '../contract.ts';
import { bugProblem, type RequestReport } from '../host/answer-request.ts';
import { sendText } from './responses.ts';

export interface UploadServices {
  /** It comes from a browser that was let in. */
  readonly allowed: boolean;
  readonly receive: (body: AsyncIterable<Uint8Array>) => Promise<ChosenData>;
  readonly report: RequestReport;
}

/** Milliseconds after which an upload that stands still is ended. */
const STANDSTILL = 60_000;

/** Data that a window sends (`UploadManifest`), for a request that the guard let through. A user's mistake is its problems. */
export async function answerUpload(request: IncomingMessage, response: ServerResponse, { allowed, receive, report }: UploadServices): Promise<void> {
  if (!allowed) {
    sendText(response, 403, 'Open Unroll with the address that its terminal shows.', { Connection: 'close' });
    return;
  }
  request.setTimeout(STANDSTILL, () => request.destroy());
  const reply = await replyTo(request, receive, report);
  if (response.destroyed) return;
  sendText(response, 200, JSON.stringify(reply), { 'Content-Type': 'application/json; charset=utf-8', ...(reply.ok ? {} : { Connection: 'close' }) });
}

async function replyTo(request: IncomingMessage, receive: UploadServices['receive'], report: RequestReport): Promise<Reply<'data.choose'>> {
  try {
    return { ok: true, value: { chosen: await receive(request as AsyncIterable<Uint8Array>) } };
  } catch (error) {
    if (!(error instanceof ProblemError)) return { ok: false, problems: [bugProblem(report.bug(error, 'POST /data'))] };
    report.refused('POST /data', error.problems);
    return { ok: false, problems: error.problems };
  }
}
