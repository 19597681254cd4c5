import { createHash } from 'node:crypto';
import { fc } from '../fixtures/laws.ts';
import { CELL_CASES } from './cases-cells.ts';
import { LAYER_CASES } from './cases-layers.ts';
import { PRODUCT_CASES } from './cases-products.ts';
import { ROW_CASES } from './cases-rows.ts';
import { KernelsUnderTest } from './run-instructions.ts';

/**
 * Prints a hash of the memory after every case's instructions over random shapes: what joined-vectors.test.ts compares between V8 as it is and V8 told to
 * join adjacent vectors. Arguments: build, 1 for the tiles meant for joined vectors.
 */
const [build, wide] = process.argv.slice(2);
const kernels = await KernelsUnderTest.build(build === 'relaxed' ? 'relaxed' : 'simd');
for (const { name, images } of [...PRODUCT_CASES, ...ROW_CASES, ...CELL_CASES, ...LAYER_CASES]) {
  const hash = createHash('sha256');
  for (const image of fc.sample(images, { seed: 3, numRuns: 25 })) {
    hash.update(
      new Uint8Array(
        kernels
          .after(image, { threads: 1, wide: wide === '1' })
          .subarray(64)
          .slice().buffer,
      ),
    );
  }
  console.log(`${name} ${hash.digest('hex')}`);
}
