import { DATA_TERMS } from './data-terms.ts';
import { GRADIENT_TERMS } from './gradient-terms.ts';
import { MODEL_TERMS } from './model-terms.ts';
import { SCORE_TERMS } from './score-terms.ts';
import type { Term, TermGroup } from './term.ts';
import { TRAINING_TERMS } from './training-terms.ts';

const TABLE = { ...DATA_TERMS.terms, ...MODEL_TERMS.terms, ...TRAINING_TERMS.terms, ...GRADIENT_TERMS.terms, ...SCORE_TERMS.terms };

export type TermId = keyof typeof TABLE;

/** Every word that the window explains; the guide's glossary is written from it. */
export const TERMS: Readonly<Record<TermId, Term>> = TABLE;

/** In the order of the glossary. */
export const TERM_GROUPS: readonly TermGroup[] = [DATA_TERMS, MODEL_TERMS, TRAINING_TERMS, GRADIENT_TERMS, SCORE_TERMS];

export function isTermId(id: string): id is TermId {
  return Object.hasOwn(TABLE, id);
}
