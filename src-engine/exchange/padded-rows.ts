import type { Batch } from '../data/dataset.ts';

/** A batch's inputs rows first, as other frameworks read them: ids [B,T] padded with 0, numbers [B,T,F] or [B,F]. */
export function paddedRows({ inputs, steps, size }: Batch): { readonly values: readonly number[]; readonly shape: readonly number[] } {
  if (inputs.kind === 'vectors') return { values: Array.from(inputs.values), shape: [size, inputs.width] };
  const tokens = inputs.kind === 'tokens';
  const [source, width] = tokens ? [inputs.ids, 1] : [inputs.values, inputs.width];
  const values: number[] = [];
  for (let b = 0; b < size; b++)
    for (let t = 0; t < steps; t++)
      for (let f = 0; f < width; f++) {
        const value = source[(t * size + b) * width + f] ?? 0;
        values.push(tokens ? Math.max(0, value) : value);
      }
  return { values, shape: tokens ? [size, steps] : [size, steps, width] };
}
