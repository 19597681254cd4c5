import { join } from 'node:path';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import type { FileSystem } from './files/file-system.ts';
import { describeError } from './log-error.ts';
import { readBytesFile } from './files/read-text.ts';

/** What a line may say beside its words: numbers, and names that the product itself gives. Never what a user typed, read or named. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

export interface Log {
  readonly file: string;
  note(what: string, facts?: Facts): void;
  /** Keeps a bug's place in the code; the reply is the id that the sentence in the window names. */
  bug(error: unknown, during: string): string;
  /** The last of what was written. */
  read(): Promise<string>;
  close(): Promise<void>;
}

export interface LogServices {
  readonly userFolder: string;
  readonly fileSystem: FileSystem;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomId: () => string;
}

/** Four files of a mebibyte at most: this one and the three before it. */
const SIZE = '1M';
const BEFORE = 3;
const READ_BYTES = 2 * 1024 * 1024;
const SHOWN_LETTERS = 256 * 1024;

/** The one log of this user, in `log/` of their folder. A log that cannot be written is done without. */
export function openLog({ userFolder, fileSystem, now, randomId }: LogServices): Log {
  const folder = join(userFolder, 'log');
  const file = join(folder, 'unroll.log');
  let stream: RotatingFileStream | null = createStream('unroll.log', { path: folder, size: SIZE, rotate: BEFORE, mode: 0o600 });
  stream.on('error', () => {
    stream = null;
  });
  const write = (line: string): void => {
    stream?.write(`${new Date(now()).toISOString()} ${line}\n`);
  };
  return {
    file,
    note: (what, facts = {}) => {
      write(what + factsText(facts));
    },
    bug: (error, during) => {
      const id = `B${Buffer.from(randomId()).toString('hex').slice(0, 8)}`;
      write(`bug ${id} during ${during}: ${describeError(error).join('\n')}`);
      return id;
    },
    read: async () => {
      const writer = stream;
      if (writer !== null && writer.writableLength > 0)
        await new Promise<void>((resolve) =>
          writer.write('', () => {
            resolve();
          }),
        );
      const bytes = await readBytesFile(file, fileSystem, READ_BYTES).catch(() => new Uint8Array());
      return new TextDecoder().decode(bytes).slice(-SHOWN_LETTERS);
    },
    close: () =>
      new Promise((resolve) => {
        const writer = stream;
        stream = null;
        if (writer === null) resolve();
        else
          writer.end(() => {
            resolve();
          });
      }),
  };
}

function factsText(facts: Facts): string {
  const parts = Object.entries(facts).map(
    ([name, value]) => `${name}=${typeof value === 'string' && /\s/u.test(value) ? JSON.stringify(value) : String(value)}`,
  );
  return parts.length === 0 ? '' : ` ${parts.join(' ')}`;
}
