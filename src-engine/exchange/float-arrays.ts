import type { NestedNumbers } from './model-file.ts';

const CHUNK = 0x8000;

/** Base64 of the little-endian float32 bytes. */
export function toBase64(values: Float32Array): string {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, place) => view.setFloat32(place * 4, value, true));
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK) parts.push(String.fromCharCode(...bytes.subarray(start, start + CHUNK)));
  return btoa(parts.join(''));
}

/** The values, or null where the text is not base64 of whole float32 numbers. */
export function fromBase64(text: string): Float32Array | null {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  if (binary.length % 4 !== 0) return null;
  const view = new DataView(new ArrayBuffer(binary.length));
  for (let place = 0; place < binary.length; place++) view.setUint8(place, binary.charCodeAt(place));
  return Float32Array.from({ length: binary.length / 4 }, (_, place) => view.getFloat32(place * 4, true));
}

/** Nested arrays of the shape, each number with the 9 digits that give the same float32 back. */
export function toNested(values: Float32Array, shape: readonly number[]): NestedNumbers {
  const [rows = 0, ...inner] = shape;
  const size = inner.reduce((product, axis) => product * axis, 1);
  return Array.from({ length: rows }, (_, row) => {
    const part = values.subarray(row * size, (row + 1) * size);
    return inner.length === 0 ? Number((part[0] ?? 0).toPrecision(9)) : toNested(part, inner);
  });
}

/** The values of nested arrays, or a sentence's end that says where they leave the shape. */
export function fromNested(value: unknown, shape: readonly number[]): Float32Array | string {
  // Counted as they come: what the shape promises may be more than there is, and more than fits.
  const values: number[] = [];
  const read = (part: unknown, axis: number, place: string): string | null => {
    const length = shape[axis];
    if (length === undefined) {
      if (typeof part !== 'number') return `${place} is not a number`;
      values.push(part);
      return null;
    }
    if (!Array.isArray(part)) return `${place} is not a list`;
    if (part.length !== length) return `${place} has ${part.length} entries where the shape says ${length}`;
    for (const [row, inner] of part.entries()) {
      const wrong = read(inner, axis + 1, `${place}[${row}]`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
  return read(value, 0, 'data') ?? Float32Array.from(values);
}
