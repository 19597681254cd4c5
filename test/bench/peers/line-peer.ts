import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A peer in a process of its own that answers each line with one line. Its first line is its version. */
export class LinePeer {
  readonly version: string;
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;

  private constructor(process: ChildProcessWithoutNullStreams, lines: AsyncIterator<string>, version: string) {
    this.process = process;
    this.lines = lines;
    this.version = version;
  }

  /** Null where the program ends before it has told its version: it is not installed. */
  static async open(command: string, args: readonly string[]): Promise<LinePeer | null> {
    const child = spawn(command, args);
    child.stderr.resume();
    child.on('error', () => child.stdout.destroy());
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    return first.done === true ? null : new LinePeer(child, lines, first.value);
  }

  /** The number it answers, or null. */
  async ask(...words: readonly (string | number)[]): Promise<number | null> {
    this.process.stdin.write(`${words.join(' ')}\n`);
    const line = await this.lines.next();
    if (line.done === true) throw new Error(`the peer ended at "${words.join(' ')}"`);
    const value = Number.parseFloat(line.value);
    return Number.isFinite(value) ? value : null;
  }

  close(): void {
    this.process.stdin.end();
  }
}
