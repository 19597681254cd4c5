import { ProblemError } from '../../document/problems.ts';
import { readSafetensors } from '../../exchange/safetensors.ts';
import type { OpenedProject } from '../open-project.ts';
import type { KeptWeights } from '../protocol.ts';

/**
 * Gives a run that has just been opened the weights of a safetensors file, wherever name and shape are the same. The optimiser starts empty, and a
 * reset leads to the seed's first weights. Throws ProblemError U042 where the bytes are no such file.
 */
export function takeWeights({ run, checked }: OpenedProject, bytes: Uint8Array): KeptWeights {
  const read = readSafetensors(bytes);
  if (!read.ok) throw new ProblemError(read.problems);
  const found = new Map(read.file.arrays.map((array) => [array.name, array]));
  const fitting = checked.parameters.flatMap(({ name, shape }) => {
    const array = found.get(name);
    return array?.shape.join() === shape.join() ? [[name, array.values] as const] : [];
  });
  run.writeParameters(new Map(fitting));
  const kept = fitting.map(([name]) => name);
  const here = new Set(kept);
  return { kept, fresh: checked.parameters.flatMap(({ name }) => (here.has(name) ? [] : [name])) };
}
