import type { Project } from '../../document/project.ts';
import { serializeProject } from '../../document/file/serialize-project.ts';
import type { DataSignature } from '../../document/signature.ts';

/** What a caller must know to make ids of a text, and names of numbers, as the file's metadata: texts by key, JSON where they are lists. */
export function describeModel(project: Project, signature: DataSignature): readonly { readonly key: string; readonly value: string }[] {
  const { input, output } = signature;
  const entries: [string, string][] = [['unroll.project', serializeProject(project)]];
  if (input.kind === 'tokens') {
    entries.push(
      ['unroll.unit', input.unit],
      ['unroll.vocabulary', JSON.stringify(input.vocabulary)],
      ['unroll.tokenisation', input.unit === 'word' ? WORDS : CHARACTERS],
    );
  } else entries.push(['unroll.columns', JSON.stringify(input.columns)]);
  if (output.kind === 'classes') entries.push(['unroll.classes', JSON.stringify(output.classes)]);
  else entries.push(['unroll.outputs', JSON.stringify(output.columns)]);
  return entries.map(([key, value]) => ({ key, value }));
}

const UNKNOWN = 'A token that is not in the vocabulary has id 0. Rows are padded at their end; lengths says how many ids count.';
const WORDS = `The text in lower case; contracted negations written out (isn't gives is, not); words, numbers and punctuation marks are a token each. ${UNKNOWN}`;
const CHARACTERS = `The text in lower case without white space at its ends; each character is a token. ${UNKNOWN}`;
