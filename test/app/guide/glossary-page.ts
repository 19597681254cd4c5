import { TERM_GROUPS, TERMS, isTermId } from '../../../src-engine/document/glossary/glossary.ts';
import type { Term } from '../../../src-engine/document/glossary/term.ts';

/** The guide's glossary, as Markdown: the words that the inspector and the gradient panel explain, in the same sentences. */
export function glossaryPage(): string {
  return [
    '# Glossary',
    '',
    'The words of the window. In the inspector the question mark beside a field opens its word, and so does F1 in the field; in Gradients the underlined words do.',
    '**Glossary** among the commands (Ctrl-K) opens them all.',
    '',
    'B examples of a batch, T time steps, F features, H units, E width of an embedding, V tokens of the vocabulary.',
    ...TERM_GROUPS.flatMap(({ title, terms }) => [
      '',
      `## ${title}`,
      '',
      '| word | symbol | meaning | see also |',
      '|---|---|---|---|',
      ...Object.values(terms).map(termRow),
    ]),
    '',
    '[The guide](README.md)',
    '',
  ].join('\n');
}

function termRow({ name, symbol, meaning, see }: Term): string {
  const others = see.filter(isTermId).map((id) => TERMS[id].name);
  return `| **${name}** | ${symbol === null ? '' : `$${symbol.replaceAll('|', '\\vert')}$`} | ${meaning} | ${others.join(', ')} |`;
}
