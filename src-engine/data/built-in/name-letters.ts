import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { frequencyBaseline } from '../answer-baselines.ts';
import { writtenTargets } from '../text/answered-texts.ts';
import { readJsonAsset } from './assets.ts';
import type { AssetReader, Dataset } from '../dataset.ts';
import { parseOptions } from '../options.ts';
import { splitAtRandom } from '../split.ts';

const NameLettersOptions = z.strictObject({});
const NamesAsset = z.object({ female: z.array(z.string().min(1)), male: z.array(z.string().min(1)) });
const GENDERS = ['female', 'male'] as const;

/** The first names of `builtin:names` to be written: one row of numbers for each, its gender and its first letter each as a one; the targets are the other letters. */
export async function loadNameLetters(spec: DataSpec, assets: AssetReader): Promise<Dataset> {
  parseOptions(spec, NameLettersOptions);
  const given = await readJsonAsset(assets, 'names.json', NamesAsset);
  const names = GENDERS.flatMap((gender) => given[gender].map((name) => ({ gender, first: [...name][0] ?? '', rest: [...name].slice(1).join('') })));
  const firsts = distinct(names.map(({ first }) => first));
  const columns = [...GENDERS, ...firsts];
  const { classes, targets, longest } = writtenTargets(
    names.map(({ rest }) => rest),
    distinct(names.flatMap(({ rest }) => [...rest])).join(''),
  );
  const split = splitAtRandom(names.length, spec.split);
  return {
    source: spec.source,
    title: 'First names from gender and first letter',
    generated: false,
    signature: {
      input: { kind: 'vector', width: columns.length, columns, normalisation: null },
      output: { kind: 'classes', classes, perStep: true, ownSteps: longest },
      longest,
    },
    count: names.length,
    offsets: Int32Array.from({ length: names.length + 1 }, (_, example) => example),
    inputs: {
      kind: 'vectors',
      width: columns.length,
      values: Float32Array.from(names.flatMap(({ gender, first }) => columns.map((column) => (column === gender || column === first ? 1 : 0)))),
    },
    targets,
    split,
    baseline: frequencyBaseline(targets.values, targets.offsets, classes.length, split),
    vectors: {},
    describe: (example) => {
      const name = names[example];
      return name === undefined ? '' : `${name.gender}, ${name.first}`;
    },
  };
}

function distinct(letters: readonly string[]): readonly string[] {
  return [...new Set(letters)].sort();
}
