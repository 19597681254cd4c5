// Writes the guide's pages of the templates and its glossary into docs/guide: node test/app/write-guide.ts
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { glossaryPage } from './guide/glossary-page.ts';
import { scenarioIndex, scenarioPage } from './guide/scenario-page.ts';

const guide = path.join(import.meta.dirname, '../../docs/guide');
const folder = path.join(guide, 'templates');
await mkdir(folder, { recursive: true });
await writeFile(path.join(guide, 'glossary.md'), glossaryPage());
await writeFile(path.join(folder, 'README.md'), scenarioIndex(SCENARIOS));
for (const scenario of SCENARIOS) await writeFile(path.join(folder, `${scenario.id}.md`), scenarioPage(scenario));
