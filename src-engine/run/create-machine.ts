import type { Kernels } from '../kernels/load-kernels.ts';
import type { Machine } from './machine.ts';
import { ReferenceMachine } from './reference-machine.ts';
import { WasmMachine, type Threads } from './wasm-machine.ts';

/** The machine for these kernels; the reference runs alone. */
export function createMachine(kernels: Kernels, threads: Threads | null = null): Machine {
  return kernels.kind === 'reference' ? new ReferenceMachine() : new WasmMachine(kernels, threads);
}
