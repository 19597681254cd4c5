import { DEFAULT_WINDOW } from '../document/defaults.ts';
import { problem, type Problem } from '../document/problems.ts';
import type { TrainingSpec } from '../document/project.ts';
import type { Kernels } from '../kernels/load-kernels.ts';
import { memoryShortage } from '../train/memory-estimate.ts';
import type { Programs } from '../train/model-state.ts';

/** The most that a 32-bit WebAssembly memory holds, less 16 MiB for the kernels' own scratch. */
const WASM_BYTES = 2 ** 32 - 2 ** 24;

/** The share of the machine's memory that one run may take: the rest is for the data, the window and other programs. */
const MACHINE_SHARE = 0.75;

export interface MemoryEstimate {
  /** That training takes. */
  readonly bytes: number;
  /** That a run may take on this machine. */
  readonly limit: number;
}

/** What training takes, before any of it is taken; the data comes on top. */
export function estimateMemory(
  programs: Programs,
  { batchSize, bptt }: TrainingSpec,
  longest: number,
  kind: Kernels['kind'],
  machineBytes: number,
): MemoryEstimate {
  return { bytes: programs.for(batchSize, trainedSteps(bptt, longest)).size * bytesPerFloat(kind), limit: memoryLimit(machineBytes) };
}

function trainedSteps(bptt: TrainingSpec['bptt'], longest: number): number {
  return bptt.mode === 'truncated' ? Math.min(longest, bptt.window ?? DEFAULT_WINDOW) : longest;
}

function memoryLimit(machineBytes: number): number {
  return Math.min(WASM_BYTES, MACHINE_SHARE * machineBytes);
}

function bytesPerFloat(kind: Kernels['kind']): number {
  return kind === 'reference' ? 8 : 4;
}

/** U041 where training the model would need more memory than there is, before any is taken. `machineBytes`: what the machine has in all. */
export function checkMemory(
  programs: Programs,
  { batchSize, bptt }: TrainingSpec,
  longest: number,
  kind: Kernels['kind'],
  machineBytes: number,
): readonly Problem[] {
  const cut = bptt.mode === 'truncated';
  const steps = trainedSteps(bptt, longest);
  const limit = memoryLimit(machineBytes);
  // The program at hand is one that training uses: it may stay. Those that only answer what would fit are let go.
  const size = (batch: number, length: number): number =>
    batch === batchSize && length === steps ? programs.for(batch, length).size : programs.sizeOf(batch, length);
  const need = memoryShortage(size, batchSize, steps, limit, bytesPerFloat(kind));
  if (need === null) return [];
  const sequences = cut ? `batches of ${batchSize} sequences in windows of ${steps} steps` : `batches of ${batchSize} sequences of up to ${steps} steps`;
  const message = `Training with ${sequences} needs ${gibibytes(need.bytes)} of memory; ${gibibytes(limit)} can be used here.`;
  return [problem('U041', message, fixOf(need.batch, need.steps, cut), { path: 'training.batchSize' })];
}

function fixOf(batch: number | null, steps: number | null, cut: boolean): string {
  const ways = [
    ...(batch === null ? [] : [`set the batch size to ${batch} or less`]),
    ...(steps === null ? [] : [cut ? `set the window to ${steps} steps or fewer` : `use truncated BPTT with a window of ${steps} steps or fewer`]),
    'use fewer units or layers',
  ];
  const sentence = ways.join(', or ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
