import type { BooleanField, ChoiceField, IntegerField } from '../kind-spec.ts';

/** Short forms for the options of built-in data sets. */

export function integer(name: string, label: string, help: string, first: number, min: number, max: number, unit: string | null): IntegerField {
  return { type: 'integer', name, label, help, default: first, min, max, unit };
}

export function choice(name: string, label: string, first: string, ...options: readonly (readonly [string, string])[]): ChoiceField {
  return { type: 'choice', name, label, help: '', default: first, options: options.map(([value, text]) => ({ value, label: text })) };
}

export function switchField(name: string, label: string, help: string, first: boolean): BooleanField {
  return { type: 'boolean', name, label, help, default: first };
}

export const EXAMPLES_OPTION = integer('count', 'Examples', 'In all three parts together.', 10_000, 10, 20_000, null);

export const SEED_OPTION = integer(
  'seed',
  'Data seed',
  'Decides which examples are made; the seed of the split decides which of them test.',
  1,
  0,
  0x7fffffff,
  null,
);
