// npm run package: the installers of this system, into dist/packages; `npm run package -- --linux deb` only those.
import { ensureDependencies } from './dependencies.mjs';
import { ensureElectron } from './electron-program.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { allParts } from './parts.mjs';
import { main, say } from './project.mjs';
import { run } from './run.mjs';
import { continueOnPinnedNode, pinnedEnvironment, pinnedNode } from './runtime.mjs';

await main(async () => {
  await ensureDependencies();
  const ended = await continueOnPinnedNode(import.meta.url);
  if (ended !== null) return ended;
  await ensureBuilt(allParts);
  const electron = await ensureElectron();
  if ('missing' in electron) {
    say(`Nothing was packaged: the program of Electron is missing; ${electron.missing}.`);
    return 1;
  }
  const builder = ['node_modules/electron-builder/cli.js', '--config', 'electron-builder.config.ts', '--publish', 'never'];
  return await run(pinnedNode, [...builder, ...process.argv.slice(2)], { env: pinnedEnvironment() });
});
