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

/** A typed beginning where the data gives none. */
export function beginningOf(sample: string, unit: 'word' | 'character' | 'number'): string {
  if (unit === 'character') return sample.slice(0, 24).trimEnd();
  return sample.split(/\s+/u).slice(0, 5).join(' ');
}
