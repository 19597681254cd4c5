import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { readJsonAsset } from './assets.ts';
import { at } from '../at.ts';
import { majorityBaseline } from '../baselines.ts';
import type { AssetReader, Dataset } from '../dataset.ts';
import { fitNormalisation, normalised } from '../normalise.ts';
import { parseOptions } from '../options.ts';
import { splitAtRandom } from '../split.ts';

const PenguinOptions = z.strictObject({});
const PenguinAsset = z.object({ columns: z.array(z.string()).min(1), species: z.array(z.string()).min(2), rows: z.array(z.array(z.number())).min(1) });

/** Four measures of a penguin in, as one row of numbers; its species out. */
export async function loadPenguins(spec: DataSpec, assets: AssetReader): Promise<Dataset> {
  parseOptions(spec, PenguinOptions);
  const { columns, species, rows } = await readJsonAsset(assets, 'penguins.json', PenguinAsset);
  const width = columns.length;
  const measures = Float64Array.from(rows.flatMap((row) => row.slice(0, width)));
  const classes = Int32Array.from(rows, (row) => at(row, width));
  const split = splitAtRandom(rows.length, spec.split);
  const scale = fitNormalisation(measures, width, split.train);
  return {
    source: spec.source,
    title: 'Penguins of the Palmer Archipelago',
    generated: false,
    signature: { input: { kind: 'vector', width, columns, normalisation: scale }, output: { kind: 'classes', classes: species, perStep: false }, longest: 1 },
    count: rows.length,
    offsets: Int32Array.from({ length: rows.length + 1 }, (_, example) => example),
    inputs: { kind: 'vectors', width, values: normalised(measures, scale) },
    targets: { kind: 'classes', perStep: false, values: classes },
    split,
    baseline: majorityBaseline(classes, split),
    vectors: {},
    describe: (example) => columns.map((column, place) => `${column} ${rows[example]?.[place] ?? ''}`).join(', '),
  };
}
