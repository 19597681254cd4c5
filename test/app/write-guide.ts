// Writes the guide's pages of the templates into docs/guide/templates: node test/app/write-guide.ts
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { scenarioIndex, scenarioPage } from './guide/scenario-page.ts';

const folder = path.join(import.meta.dirname, '../../docs/guide/templates');
await mkdir(folder, { recursive: true });
await writeFile(path.join(folder, 'README.md'), scenarioIndex(SCENARIOS));
for (const scenario of SCENARIOS) await writeFile(path.join(folder, `${scenario.id}.md`), scenarioPage(scenario));
