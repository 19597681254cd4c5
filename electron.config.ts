import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'electron-vite';

const at = (place: string): string => path.join(import.meta.dirname, place);

/** Programs that Node or Electron start by these names, hence the fixed names; the engine's thread is one of them. */
const programs = {
  electron: at('src-main/electron/main.ts'),
  web: at('src-main/web/main.ts'),
  cli: at('src-main/cli/main.ts'),
  'engine-worker': at('src-engine/session/worker.ts'),
  'kernel-thread': at('src-engine/session/kernel-thread.ts'),
};

const host = {
  main: {
    build: {
      outDir: at('out/main'),
      target: 'node24',
      rolldownOptions: {
        input: programs,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      // A sandboxed preload is one CommonJS file that can require nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('src-main/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
} satisfies UserConfig;

const window = {
  renderer: {
    root: at('src-renderer'),
    base: './',
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      target: 'chrome140',
      minify: true,
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
  },
} satisfies UserConfig;

/** `src-main/launch/parts.mjs` builds the two parts separately; everything else (npm run dev) wants both. */
const parts: Record<string, UserConfig> = { host, window };

export default defineConfig(parts[process.env['UNROLL_PART'] ?? ''] ?? { ...host, ...window });
