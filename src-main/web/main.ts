import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ProblemError } from '../../src-engine/document/problems.ts';
import { processSurroundings } from './process-surroundings.ts';
import { parsePort, serve } from './serve.ts';

const places = {
  engine: { worker: new URL('./engine-worker.js', import.meta.url), engineDirectory: fileURLToPath(new URL('../engine/', import.meta.url)) },
  rendererDirectory: fileURLToPath(new URL('../renderer/', import.meta.url)),
};

const options = { port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } } as const;

const voice = {
  announce: (address: string) => {
    console.log(`Unroll is at ${address}`);
  },
  say: (line: string) => {
    console.log(line);
  },
};

async function main(): Promise<number> {
  try {
    const { values } = parseArgs({ options, strict: true });
    await serve({ port: parsePort(values.port), open: !values['no-open'] }, processSurroundings(places, voice));
    return 0;
  } catch (error) {
    if (error instanceof ProblemError) for (const each of error.problems) console.error(`${each.code} ${each.message} ${each.fix}`);
    else console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

process.exitCode = await main();
