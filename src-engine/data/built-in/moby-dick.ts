import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import type { AssetReader, Dataset } from '../dataset.ts';
import { readGlove, vectorsFor } from './glove.ts';
import { languageExamples } from '../text/language-examples.ts';
import { TextCollector } from '../text/language-text.ts';
import { parseOptions } from '../options.ts';

const LENGTH = z.int().min(2).max(2000);

/** `unit` decides what the other options mean. `length`: units of an example, T. */
const MobyDickOptions = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('character'), vocabulary: z.int().min(10).max(1000).default(1000), length: LENGTH.default(128) }),
  z.strictObject({ unit: z.literal('word'), vocabulary: z.int().min(100).max(25_000).default(5000), length: LENGTH.default(32) }),
]);

/** Moby Dick, cut into stretches; the target of each step is the next character, or the next word. Parts: the book's beginning, middle and end. */
export async function loadMobyDick(spec: DataSpec, assets: AssetReader): Promise<Dataset> {
  const options = parseOptions({ ...spec, options: { unit: 'character', ...spec.options } }, MobyDickOptions);
  const { unit } = options;
  const collected = new TextCollector(unit);
  collected.add(new TextDecoder().decode(await assets('moby-dick.txt')));
  const examples = languageExamples(collected, options, spec.split);
  const { input } = examples.signature;
  const vectors = unit === 'word' && input.kind === 'tokens' ? { 'glove-100d': vectorsFor(input.vocabulary, await readGlove(assets)) } : {};
  return { source: spec.source, title: 'Moby Dick', generated: false, ...examples, vectors };
}
