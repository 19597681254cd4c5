import type { Kernels } from '../kernels/load-kernels.ts';
import type { Machine } from './machine.ts';
import { ReferenceMachine } from './reference-machine.ts';
import { WasmMachine } from './wasm-machine.ts';

export function createMachine(kernels: Kernels): Machine {
  return kernels.kind === 'reference' ? new ReferenceMachine() : new WasmMachine(kernels);
}
