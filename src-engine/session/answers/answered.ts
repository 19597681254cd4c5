import type { OutputSignature } from '../../document/signature.ts';
import type { Answered } from './explanations.ts';
import { toJson } from '../json-number.ts';

/** Classes of an answer that are told. */
const MOST_RANKED = 10;

/** One answer as it is told: probabilities of classes, or numbers in the unit of the data. */
export function answeredOf(output: OutputSignature, values: readonly number[]): Answered {
  if (output.kind === 'numbers') {
    return { ranked: [], numbers: values.map((value, column) => ({ column: output.columns[column] ?? '', value: toJson(value) })) };
  }
  const ranked = values.map((probability, id) => ({ class: output.classes[id] ?? '', probability })).toSorted((a, b) => b.probability - a.probability);
  return { ranked: ranked.slice(0, MOST_RANKED).map((each) => ({ ...each, probability: toJson(each.probability) })), numbers: [] };
}
