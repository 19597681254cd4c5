import type { DataSpec } from '../../document/project.ts';
import { at } from '../at.ts';
import { majorityBaseline } from '../baselines.ts';
import type { Dataset } from '../dataset.ts';
import { fitNormalisation, normalised } from '../normalise.ts';
import { splitAtRandom } from '../split.ts';
import { oneClass, refuse, tooSmall } from './import-problems.ts';
import { orderedClasses } from './labelled-texts.ts';
import type { MemoryBudget } from './memory-budget.ts';
import type { NumberColumn } from './number-rows.ts';

/** One row of numbers and one class for each example, without steps. `labels` [N]: places in `names`. Throws ProblemError U031 for one class only, U032, U035. */
export function labelledNumbers(
  spec: DataSpec,
  title: string,
  columns: readonly NumberColumn[],
  labels: Int32Array,
  names: readonly string[],
  budget: MemoryBudget,
): Dataset {
  const [only, ...others] = names;
  if (only === undefined) refuse(tooSmall(`${title} holds no row that can be used.`, 'Choose a file with data in it.', ''));
  if (others.length === 0) refuse(oneClass(only, labels.length));
  const count = labels.length;
  const width = columns.length;
  budget.take(12 * count * width);
  const values = new Float64Array(count * width);
  for (const [column, { values: numbers }] of columns.entries()) for (let row = 0; row < count; row += 1) values[row * width + column] = at(numbers, row);
  const split = splitAtRandom(count, spec.split);
  const normalisation = fitNormalisation(values, width, split.train);
  const classes = orderedClasses(names);
  const places = new Int32Array(names.length);
  for (const [place, name] of classes.entries()) places[names.indexOf(name)] = place;
  const targets = labels.map((label) => at(places, label));
  return {
    source: spec.source,
    title,
    generated: false,
    signature: {
      input: { kind: 'vector', width, columns: columns.map(({ name }) => name), normalisation },
      output: { kind: 'classes', classes, perStep: false },
      longest: 1,
    },
    count,
    offsets: Int32Array.from({ length: count + 1 }, (_, example) => example),
    inputs: { kind: 'vectors', width, values: normalised(values, normalisation) },
    targets: { kind: 'classes', perStep: false, values: targets },
    split,
    baseline: majorityBaseline(targets, split),
    vectors: {},
    describe: (example) => columns.map(({ name, values: numbers }) => `${name} ${Number(at(numbers, example).toPrecision(6))}`).join(', '),
  };
}
