import { randomBytes } from 'node:crypto';
import * as fileSystem from 'node:fs/promises';
import type { EnginePlace } from '../host/engine-thread.ts';
import { onInterrupt } from '../host/interrupts.ts';
import { MAX_TEXT_BYTES, tooLarge } from '../host/files/read-text.ts';
import { processSurroundings } from '../web/process-surroundings.ts';
import { serve } from '../web/serve.ts';
import { runBenchmark } from './run-benchmark.ts';
import type { Context, Terminal } from './context.ts';

/** This process as commands see it. */
export function processContext(engine: EnginePlace, rendererDirectory: string): Context {
  return {
    output: terminal(process.stdout),
    errors: terminal(process.stderr),
    readInput: readStandardInput,
    fileSystem,
    folder: startFolder(),
    engine,
    now: () => performance.now(),
    randomId: () => randomBytes(8).toString('hex'),
    onInterrupt,
    benchmark: (flags) => runBenchmark(engine.engineDirectory, flags),
    serve: (options, voice) => serve(options, processSurroundings({ engine, rendererDirectory }, voice)),
  };
}

/** npm runs scripts in the folder of package.json; paths are meant from where the person typed them. */
function startFolder(): string {
  return process.env['npm_lifecycle_event'] === 'unroll' ? (process.env['INIT_CWD'] ?? process.cwd()) : process.cwd();
}

/** A reader that has gone (`unroll scenarios | head -1`) is no error. */
function terminal(stream: NodeJS.WriteStream): Terminal {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    write: (text) => stream.write(text),
    isTerminal: stream.isTTY,
    get columns() {
      return stream.columns;
    },
  };
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    total += chunk.length;
    if (total > MAX_TEXT_BYTES) throw tooLarge('standard input', MAX_TEXT_BYTES);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
