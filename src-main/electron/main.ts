import { fileURLToPath } from 'node:url';
import { startShell } from './shell.ts';
import { unpacked } from './unpacked.ts';

startShell({
  engine: {
    worker: unpacked(new URL('./engine-worker.js', import.meta.url)),
    engineDirectory: fileURLToPath(unpacked(new URL('../engine/', import.meta.url))),
  },
  rendererDirectory: fileURLToPath(new URL('../renderer/', import.meta.url)),
  preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
});
