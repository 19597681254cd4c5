// npm run build: builds what is stale into out/, the JSON Schemas into dist/.
import { ensureDependencies } from './dependencies.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { allParts } from './parts.mjs';
import { main } from './project.mjs';
import { continueOnPinnedNode } from './runtime.mjs';

await main(async () => {
  await ensureDependencies();
  const ended = await continueOnPinnedNode(import.meta.url);
  if (ended !== null) return ended;
  await ensureBuilt(allParts);
  return 0;
});
