import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { glossaryPage } from '../app/guide/glossary-page.ts';
import { scenarioIndex, scenarioPage } from '../app/guide/scenario-page.ts';

const guide = path.join(import.meta.dirname, '../../docs/guide');

describe('the guide', () => {
  it.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))(
    'has the page of %s as its card is (node test/app/write-guide.ts)',
    async (id, scenario) => {
      expect(await readFile(path.join(guide, 'templates', `${id}.md`), 'utf8')).toBe(scenarioPage(scenario));
    },
  );

  it('lists every template', async () => {
    expect(await readFile(path.join(guide, 'templates/README.md'), 'utf8')).toBe(scenarioIndex(SCENARIOS));
  });

  it('has the glossary of the window', async () => {
    expect(await readFile(path.join(guide, 'glossary.md'), 'utf8')).toBe(glossaryPage());
  });

  it('leads nowhere that is not there', async () => {
    const pages = (await readdir(guide, { recursive: true })).filter((name) => name.endsWith('.md'));
    expect(pages.length).toBeGreaterThan(SCENARIOS.length);
    const missing: string[] = [];
    for (const page of pages) {
      const text = await readFile(path.join(guide, page), 'utf8');
      for (const [, link = ''] of text.matchAll(/\]\((?!https?:)(?<link>[^)#]+)(?:#[^)]*)?\)/gu)) {
        await access(path.resolve(guide, path.dirname(page), link)).catch(() => missing.push(`${page}: ${link}`));
      }
    }
    expect(missing).toEqual([]);
  });
});
