import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import type { UploadManifest } from '../contract.ts';
import type { Choice } from '../host/files/data-files.ts';
import { fileProblem } from '../host/files/file-problems.ts';
import type { FileSystem } from '../host/files/file-system.ts';
import { safeFileName } from '../host/files/project-files.ts';

const UPLOAD_LIMITS = {
  /** Of all files together. */
  bytes: 8 * 2 ** 30,
  files: 20_000,
  /** Of the first line. */
  manifestBytes: 8 * 2 ** 20,
} as const;

const manifestSchema: z.ZodType<UploadManifest> = z.strictObject({
  kind: z.enum(['file', 'files', 'folder', 'vectors']),
  files: z
    .array(z.strictObject({ path: z.string().min(1).max(1000), bytes: z.int().nonnegative() }))
    .min(1)
    .max(UPLOAD_LIMITS.files),
});

export interface ReceiveServices {
  readonly fileSystem: FileSystem;
  /** Where data is kept, each in a folder named by its hash. */
  readonly folder: string;
  readonly randomId: () => string;
}

/**
 * Writes an upload (`UploadManifest`, then the bytes) to disk as it comes. What is there already is kept and used; nothing is ever overwritten. Throws
 * ProblemError: U005 over the limits, U050 for what is no upload, U051 where it cannot be written; then nothing of it is left.
 */
export async function receiveData(body: AsyncIterable<Uint8Array>, services: ReceiveServices): Promise<Choice> {
  const { fileSystem, folder, randomId } = services;
  const reader = new BodyReader(body);
  const manifest = parseManifest(await reader.line(UPLOAD_LIMITS.manifestBytes));
  const incoming = join(folder, `.incoming-${randomId()}`);
  try {
    await fileSystem.mkdir(incoming, { recursive: true });
    const hashes: string[] = [];
    for (const file of manifest.files) hashes.push(await receiveFile(reader, file, incoming, fileSystem));
    if (!(await reader.ended())) throw notAnUpload();
    return await settle(manifest, hashes, incoming, services);
  } catch (error) {
    throw error instanceof ProblemError ? error : new ProblemError([fileProblem('written', folder, error)]);
  } finally {
    await fileSystem.rm(incoming, { recursive: true, force: true }).catch(() => undefined);
  }
}

function parseManifest(line: Uint8Array): UploadManifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch {
    throw notAnUpload();
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw notAnUpload();
  const { files, kind } = parsed.data;
  if (kind !== 'folder' && kind !== 'files' && files.length > 1) throw notAnUpload();
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= UPLOAD_LIMITS.bytes) return parsed.data;
  const limit = UPLOAD_LIMITS.bytes / 2 ** 30;
  throw new ProblemError([
    problem(
      'U005',
      `The data has ${(bytes / 2 ** 30).toFixed(1)} GiB; a browser can send up to ${limit} GiB.`,
      'Use the desktop app or the command line, which read it where it is.',
    ),
  ]);
}

function notAnUpload(): ProblemError {
  return new ProblemError([problem('U050', 'What was sent is not an upload of data, or was cut off.', 'Send the files again.')]);
}

/** The parts of a path as names that no file system takes for anything else. */
function safePath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .map((part) => safeFileName(part).slice(0, 200))
    .join('/');
}

async function receiveFile(reader: BodyReader, { path, bytes }: UploadManifest['files'][number], incoming: string, fileSystem: FileSystem): Promise<string> {
  const safe = safePath(path);
  const target = join(incoming, safe);
  await fileSystem.mkdir(join(target, '..'), { recursive: true });
  const digest = createHash('sha256');
  const file = await fileSystem.open(target, 'wx');
  try {
    for await (const piece of reader.stretch(bytes)) {
      digest.update(piece);
      await writeAll(file, piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return `${digest.digest('hex')}  ${safe}\n`;
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += (await file.write(bytes, written)).bytesWritten;
}

/** Moves it to where its hash says. Who was there first stays: it holds the same. */
async function settle({ kind, files }: UploadManifest, hashes: readonly string[], incoming: string, { fileSystem, folder }: ReceiveServices): Promise<Choice> {
  const home = join(folder, createHash('sha256').update(hashes.join('')).digest('hex').slice(0, 32));
  const known = await fileSystem.stat(home).then(
    () => true,
    () => false,
  );
  if (!known) await fileSystem.rename(incoming, home);
  if (kind !== 'folder') return { kind: files.length > 1 ? 'files' : 'file', paths: files.map(({ path }) => join(home, safePath(path))) };
  const top = new Set(files.map(({ path }) => safePath(path).split('/')[0] ?? ''));
  const [only] = top;
  return {
    kind: 'folder',
    paths: [top.size === 1 && only !== undefined && files.every(({ path }) => safePath(path).split('/').length > 2) ? join(home, only) : home],
  };
}

/** A body that is taken in parts, no more of it in memory than came at once. */
class BodyReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#pieces = body[Symbol.asyncIterator]();
  }

  /** Without its end. Throws ProblemError U050 where there is none in so many bytes. */
  async line(most: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const piece = await this.#next();
      if (piece === null) throw notAnUpload();
      const end = piece.indexOf(10);
      parts.push(end < 0 ? piece : piece.subarray(0, end));
      length += piece.length;
      if (end >= 0) {
        this.#rest = piece.subarray(end + 1);
        return Buffer.concat(parts);
      }
      if (length > most) throw notAnUpload();
    }
  }

  /** The next so many bytes. Throws ProblemError U050 where the body ends before. */
  async *stretch(bytes: number): AsyncGenerator<Uint8Array> {
    let left = bytes;
    while (left > 0) {
      const piece = await this.#next();
      if (piece === null) throw notAnUpload();
      this.#rest = piece.subarray(left);
      const part = piece.subarray(0, left);
      left -= part.length;
      yield part;
    }
  }

  async ended(): Promise<boolean> {
    return (await this.#next()) === null;
  }

  async #next(): Promise<Uint8Array | null> {
    if (this.#rest.length > 0) {
      const rest = this.#rest;
      this.#rest = new Uint8Array(0);
      return rest;
    }
    for (;;) {
      const next = await this.#pieces.next();
      if (next.done === true) return null;
      if (next.value.length > 0) return next.value;
    }
  }
}
