import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { readJsonAsset } from './assets.ts';
import type { AssetReader, Dataset } from '../dataset.ts';
import { majorityBaseline } from '../baselines.ts';
import { parseOptions } from '../options.ts';
import { splitAtRandom } from '../split.ts';
import { joinSequences } from '../sequences.ts';
import { encodeTokens, idsByToken, splitCharacters, UNKNOWN_TOKEN } from '../text/tokenizer.ts';

const NamesOptions = z.strictObject({});
const NamesAsset = z.object({ female: z.array(z.string().min(1)), male: z.array(z.string().min(1)) });
const CLASSES = ['female', 'male'] as const;

/** First names by gender, character by character: 8,003 names in lower case. Names given to both genders are left out. */
export async function loadNames(spec: DataSpec, assets: AssetReader): Promise<Dataset> {
  parseOptions(spec, NamesOptions);
  const { female, male } = await readJsonAsset(assets, 'names.json', NamesAsset);
  const names = [...female, ...male];
  const vocabulary = [UNKNOWN_TOKEN, ...[...new Set(names.join(''))].sort()];
  const ids = idsByToken(vocabulary);
  const sequences = joinSequences(names.map((name) => encodeTokens(splitCharacters(name), ids)));
  const classes = Int32Array.from(names, (_, example) => (example < female.length ? 0 : 1));
  const split = splitAtRandom(names.length, spec.split);
  return {
    source: spec.source,
    title: 'First names by gender',
    generated: false,
    signature: {
      input: { kind: 'tokens', unit: 'character', vocabulary },
      output: { kind: 'classes', classes: CLASSES, perStep: false },
      longest: sequences.longest,
    },
    count: names.length,
    offsets: sequences.offsets,
    inputs: { kind: 'tokens', ids: sequences.ids },
    targets: { kind: 'classes', perStep: false, values: classes },
    split,
    baseline: majorityBaseline(classes, split),
    vectors: {},
    describe: (example) => names[example] ?? '',
  };
}
