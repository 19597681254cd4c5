import { fileURLToPath } from 'node:url';
import { processContext } from './process-context.ts';
import { runCommandLine } from './run-command-line.ts';

const engine = {
  worker: new URL('./engine-worker.js', import.meta.url),
  engineDirectory: fileURLToPath(new URL('../engine/', import.meta.url)),
};
const rendererDirectory = fileURLToPath(new URL('../renderer/', import.meta.url));

process.exitCode = await runCommandLine(process.argv.slice(2), processContext(engine, rendererDirectory));
