import type { Initialiser } from '../ir/initialiser.ts';
import type { ProgramParameter } from '../ir/program.ts';
import { spectralRadius } from './spectral-radius.ts';
import { randomNormal, randomUniform, type Random } from '../data/random.ts';

/** Word vectors by name, float32 [V,E]. */
export type Vectors = Readonly<Record<string, { readonly size: number; readonly table: Float32Array }>>;

/** Draws a parameter's first values from `random`; the same stream gives the same values. Throws where named vectors are missing or of another size. */
export function initialise(parameter: ProgramParameter, initialiser: Initialiser, vectors: Vectors, random: Random): Float32Array {
  const { size, shape } = parameter;
  switch (initialiser.kind) {
    case 'uniform':
      return uniform(size, initialiser.bound, random);
    case 'uniform-with': {
      const values = uniform(size, initialiser.bound, random);
      return values.fill(initialiser.value, initialiser.first, initialiser.first + initialiser.count);
    }
    case 'uniform-plus': {
      const { first, count, shift } = initialiser;
      return uniform(size, initialiser.bound, random).map((value, row) => (row >= first && row < first + count ? value + shift : value));
    }
    case 'constant':
      return new Float32Array(size).fill(initialiser.value);
    case 'normal':
      return Float32Array.from({ length: size }, () => randomNormal(random) * initialiser.deviation);
    case 'identity':
      return Float32Array.from({ length: size }, (_, e) => (Math.floor(e / initialiser.size) % initialiser.size === e % initialiser.size ? 1 : 0));
    case 'orthogonal':
      return orthogonalBlocks(size, initialiser.size, random);
    case 'spectral':
      return spectralBlocks(size, initialiser.size, initialiser.radius, random);
    case 'vectors': {
      const table = vectors[initialiser.name];
      if (table?.table.length !== size) throw new Error(`the data has no vectors ${initialiser.name} of ${shape.join(' x ')}`);
      return table.table.slice();
    }
  }
}

function uniform(size: number, bound: number, random: Random): Float32Array {
  return Float32Array.from({ length: size }, () => (2 * randomUniform(random) - 1) * bound);
}

/** One random orthogonal [n,n] block after another: rows of normal numbers, made orthonormal (modified Gram-Schmidt, twice for accuracy). */
function orthogonalBlocks(size: number, n: number, random: Random): Float32Array {
  const values = new Float32Array(size);
  for (let start = 0; start < size; start += n * n) values.set(orthogonal(n, random), start);
  return values;
}

/** One [n,n] block of normal numbers after another, each scaled to the spectral radius. */
function spectralBlocks(size: number, n: number, radius: number, random: Random): Float32Array {
  const values = new Float32Array(size);
  for (let start = 0; start < size; start += n * n) {
    const block = Float64Array.from({ length: n * n }, () => randomNormal(random));
    const factor = radius / spectralRadius(block, n);
    values.set(
      block.map((value) => value * factor),
      start,
    );
  }
  return values;
}

function orthogonal(n: number, random: Random): Float64Array {
  const rows: Float64Array[] = [];
  while (rows.length < n) {
    const row = Float64Array.from({ length: n }, () => randomNormal(random));
    for (let pass = 0; pass < 2; pass++) for (const earlier of rows) subtractProjection(row, earlier);
    const norm = Math.hypot(...row);
    // A row that was nearly a combination of the earlier ones is drawn again.
    if (norm > 1e-6) rows.push(row.map((value) => value / norm));
  }
  return Float64Array.from(rows.flatMap((row) => [...row]));
}

function subtractProjection(row: Float64Array, onto: Float64Array): void {
  let product = 0;
  for (let e = 0; e < row.length; e++) product += (row[e] ?? 0) * (onto[e] ?? 0);
  for (let e = 0; e < row.length; e++) row[e] = (row[e] ?? 0) - product * (onto[e] ?? 0);
}
