import { problem } from '../../src-engine/document/problems.ts';
import type { UploadManifest } from '../../src-main/contract.ts';
import { parseReply, type ParsedReply } from './schemas.ts';

/** A file with its place in what was picked or dropped, with forward slashes. */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

export interface Upload {
  readonly kind: UploadManifest['kind'];
  readonly files: readonly PickedFile[];
  readonly onProgress: (sent: number, total: number) => void;
  readonly signal: AbortSignal;
}

function refused(message: string, fix: string): ParsedReply<'data.choose'> {
  return { ok: false, problems: [problem('U031', message, fix)] };
}

/** Hands files to the browser's host: see `UploadManifest`. They are read from the disk as they are sent, never whole. */
export function uploadData({ kind, files, onProgress, signal }: Upload): Promise<ParsedReply<'data.choose'>> {
  const manifest: UploadManifest = { kind, files: files.map(({ path, file }) => ({ path, bytes: file.size })) };
  const { promise, resolve } = Promise.withResolvers<ParsedReply<'data.choose'>>();
  const request = new XMLHttpRequest();
  request.open('POST', '/data');
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.upload.onprogress = ({ loaded, total }) => {
    onProgress(loaded, total);
  };
  request.onload = () => {
    resolve(readAnswer(request));
  };
  request.onerror = () => {
    resolve(refused('The file could not be handed to the app: the connection broke, or the file changed meanwhile.', 'Choose it again.'));
  };
  request.onabort = () => {
    resolve({ ok: true, value: { chosen: null } });
  };
  signal.addEventListener('abort', () => {
    request.abort();
  });
  request.send(new Blob([`${JSON.stringify(manifest)}\n`, ...files.map(({ file }) => file)]));
  return promise;
}

function readAnswer({ responseText, status }: XMLHttpRequest): ParsedReply<'data.choose'> {
  try {
    return parseReply('data.choose', JSON.parse(responseText));
  } catch {
    return refused(`Unroll did not take the file (${status}).`, 'Start the app again and choose the file once more.');
  }
}
