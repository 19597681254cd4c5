// npm run -s unroll -- COMMAND: runs the command line; standard output is the command's alone.
import { ensureDependencies } from './dependencies.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { commandLineParts } from './parts.mjs';
import { main } from './project.mjs';
import { becomeNode, continueOnPinnedNode } from './runtime.mjs';

await main(async () => {
  await ensureDependencies();
  const ended = await continueOnPinnedNode(import.meta.url);
  if (ended !== null) return ended;
  await ensureBuilt(commandLineParts);
  return becomeNode('out/main/cli.js', process.argv.slice(2));
});
