import { hasDecoder } from '../../../src-engine/document/decoder-cell.ts';
import { languageOf } from '../../../src-engine/document/language.ts';
import type { Graph } from '../../../src-engine/document/project.ts';
import type { DataSignature } from '../../../src-engine/document/signature.ts';

/**
 * What one can ask of a model: `language` writes on and ranks what comes next, `cloze` fills a blank, `written` answers with a text of its own,
 * `forecast` goes on from a window, `steps` answers at every step, `verdict` answers once.
 */
export type SampleKind = 'language' | 'cloze' | 'written' | 'forecast' | 'steps' | 'verdict';

export function sampleKind(signature: DataSignature, graph: Graph): SampleKind {
  const { input, output } = signature;
  const language = languageOf(signature);
  if (language !== null) return language.kind === 'cloze' ? 'cloze' : 'language';
  if (output.kind === 'classes' && hasDecoder(graph)) return 'written';
  if (output.kind === 'numbers' && input.kind === 'features' && (output.next ?? []).some((place) => place !== null)) return 'forecast';
  return output.perStep ? 'steps' : 'verdict';
}

/** A beginning for the model to go on with, out of the last line of a sample: the first is often a heading, unlike all other text. */
export function beginningOf(sample: string, unit: 'word' | 'character' | 'number'): string {
  const line = sample.trim().split('\n').at(-1) ?? '';
  if (unit === 'character') return line.slice(0, 24).trimEnd();
  return line.split(/\s+/u).slice(0, 5).join(' ');
}
