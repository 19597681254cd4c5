/**
 * The one map of what the window may ask of its host, and of what it may hear. Both shells carry it; neither adds to it.
 * Requests and replies are JSON values; event payloads are JSON values or, where the type says so, bytes.
 * `requestSchemas` parses every argument before a handler sees it.
 */
import { z } from 'zod';
import type { Problem } from '../src-engine/document/problems.ts';
import type { OpenReply, SessionEvents, StatusReply } from '../src-engine/session/protocol.ts';

const nothing = z.strictObject({});
/** A project travels as the text of its file: one parser, one size limit, no surprises of structured clone. */
const projectText = z.string().max(64 * 1024 * 1024);

export const requestSchemas = {
  'app.info': nothing,
  /** Ask for a file and read it (dialog in Electron, upload in a browser: there `text` and `name` come with the request). */
  'project.open': z.strictObject({ name: z.string().max(1024).optional(), text: projectText.optional() }),
  /** Write to the file it came from, or ask where. In a browser the reply carries `download`. */
  'project.save': z.strictObject({ text: projectText, name: z.string().max(200), handle: z.string().max(200).nullable(), as: z.boolean() }),
  'session.open': z.strictObject({ text: projectText }),
  'session.start': nothing,
  'session.pause': nothing,
  'session.step': nothing,
  'session.stop': nothing,
  'session.reset': nothing,
  'session.setLearningRate': z.strictObject({ value: z.number().positive() }),
  'session.status': nothing,
  'session.export': z.strictObject({ name: z.string().max(200), arrays: z.boolean() }),
} as const;

export type RequestName = keyof typeof requestSchemas;
export type RequestOf<N extends RequestName> = z.infer<(typeof requestSchemas)[N]>;

export interface Replies {
  'app.info': { shell: 'electron' | 'browser'; version: string; files: 'dialog' | 'download' };
  'project.open': { opened: { text: string; name: string; handle: string | null } | null };
  'project.save': { saved: { name: string; handle: string | null } | null; download: string | null };
  'session.open': OpenReply;
  'session.start': StatusReply;
  'session.pause': StatusReply;
  'session.step': StatusReply;
  'session.stop': StatusReply;
  'session.reset': StatusReply;
  'session.setLearningRate': StatusReply;
  'session.status': StatusReply;
  /** `download` is the file's text where the shell has no dialog. */
  'session.export': { saved: { name: string } | null; download: string | null; name: string; largestDifference: number; examples: number };
}

/** Every request answers with one of these: a user's mistake is a value, a bug is a sentence and a log entry. */
export type Reply<N extends RequestName> = { readonly ok: true; readonly value: Replies[N] } | { readonly ok: false; readonly problems: readonly Problem[] };

/** What the window may hear: everything the session says. */
export type HostEvents = SessionEvents;
export type HostEventName = keyof HostEvents;
