// Writes docs/dependencies.md: node test/host/write-dependency-list.ts
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dependencyList } from './dependency-list.ts';

await writeFile(path.join(import.meta.dirname, '../../docs/dependencies.md'), await dependencyList());
