/**
 * The first 64 floats of the memory hold no data of a program. Offsets here are float offsets.
 *
 * | offset | what | written by |
 * |---|---|---|
 * | 0 | never an address: 0 means absent | |
 * | 1 | float offset of the threads' scratch, 64-byte aligned | host, before the first run |
 * | 2 | 1: V8 joins adjacent 128-bit vectors into 256 bits (`--experimental-wasm-revectorize`), 0: it does not | host, before the first run |
 * | 4..11 | zeros | nobody |
 * | 16, 17, 18 | barrier: threads arrived, generation, threads asleep | kernels; zeros before the first run |
 * | 32..63 | constants of the vector functions | kernels, at the start of each run |
 *
 * Thread i's scratch is the SCRATCH_FLOATS floats from (value at 1) + i * SCRATCH_FLOATS; nothing of a program stands there. The width of vectors changes
 * no bit of any result.
 */
export const RESERVED_SCRATCH = 1;
export const RESERVED_WIDE = 2;
export const RESERVED_ZEROS = 4;
export const RESERVED_ARRIVED = 16;
export const RESERVED_GENERATION = 17;
export const RESERVED_ASLEEP = 18;
export const RESERVED_CONSTANTS = 32;
export const RESERVED_FLOATS = 64;

/** Rows and columns of A, and columns of C, that a thread packs at a time for a weight gradient. */
export const BLOCK_ROWS = 256;
export const BLOCK_COLUMNS = 256;
export const BLOCK_UNITS = 6;
export const SCRATCH_FLOATS = 67584; // BLOCK_ROWS * (BLOCK_COLUMNS + 8): A's block, C's columns, one tile
