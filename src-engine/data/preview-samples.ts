import { END_CLASS, hasOwnSteps } from '../document/signature.ts';
import type { Dataset } from './dataset.ts';
import { targetPlaces, unscaled } from './preview-series.ts';
import { joinClasses } from './text/written-text.ts';

/** What is read of one example and what is to be answered to it, as a person reads them. */
export interface Sample {
  readonly text: string;
  readonly target: string;
}

const SAMPLES = 12;
/** Characters of a text, and answers of a sequence, that are shown. */
const TEXT = 240;
const ANSWERS = 60;

/** The first examples of the training part, which are as good as drawn by chance. */
export function sampleRows(dataset: Dataset): readonly Sample[] {
  return Array.from(dataset.split.train.subarray(0, SAMPLES), (example) => ({
    text: cut(dataset.describe(example)),
    target: cut(describeTarget(dataset, example)),
  }));
}

function cut(text: string): string {
  const characters = Array.from(text);
  return characters.length > TEXT ? `${characters.slice(0, TEXT).join('')}\u2026` : text;
}

function describeTarget(dataset: Dataset, example: number): string {
  const { targets, signature } = dataset;
  const { output } = signature;
  const [from, to] = targetPlaces(dataset, example);
  const shown = Math.min(to, from + ANSWERS);
  const more = shown < to ? '\u2026' : '';
  if (targets.kind === 'classes') {
    const names = output.kind === 'classes' ? output.classes : [];
    if (output.kind === 'classes' && hasOwnSteps(output)) {
      const written = Array.from(targets.values.subarray(from, to), (id) => names[id] ?? '');
      return joinClasses(written, output);
    }
    const words = Array.from(targets.values.subarray(from, shown), (id) => names[id] ?? '').filter((name) => name !== '' && name !== END_CLASS);
    return `${words.join(names.every((name) => name.length < 2 || name.startsWith('<')) ? '' : ' ')}${more}`;
  }
  const scale = output.kind === 'numbers' ? output.normalisation : null;
  const { width } = targets;
  const rows = Array.from({ length: Math.max(0, Math.min(shown, from + (targets.perStep ? 6 : 1)) - from) }, (_, row) =>
    Array.from({ length: width }, (__, column) => number(unscaled(targets.values[(from + row) * width + column] ?? NaN, scale, column))).join(', '),
  );
  return `${rows.join('; ')}${targets.perStep && to - from > rows.length ? '; \u2026' : ''}`;
}

/** Four digits, without zeros that say nothing. */
function number(value: number): string {
  return Number.isNaN(value) ? '?' : String(Number(value.toPrecision(4)));
}
