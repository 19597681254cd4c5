import { fileURLToPath } from 'node:url';
import { startShell } from './shell.ts';

startShell({
  engine: { worker: new URL('./engine-worker.js', import.meta.url), engineDirectory: fileURLToPath(new URL('../engine/', import.meta.url)) },
  rendererDirectory: fileURLToPath(new URL('../renderer/', import.meta.url)),
  preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
});
