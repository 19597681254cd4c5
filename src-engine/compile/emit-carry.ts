import { familyOf } from '../ir/graph.ts';
import { cellAt } from './emit-forward.ts';
import { valueAt, type MemoryPlan } from './plan-memory.ts';
import { floatBits, type Tape } from './tape.ts';

/** The states of the last step become those that the next window starts from. A row that ended earlier has kept its last ones: masked steps change no state. */
export function emitCarry(tape: Tape, plan: MemoryPlan): void {
  const { graph, carried } = plan;
  const last = graph.steps - 1;
  for (const state of ['h', 'c'] as const) {
    for (const [id, dst] of carried[state]) {
      const family = familyOf(graph, id);
      const { width } = family;
      const src = state === 'h' ? valueAt(plan, family, last) : cellAt(plan, family, last);
      tape.emit('copyColumns', { src, lds: width, dst, ldd: width, m: graph.batch, n: width, accumulate: 0, scaleBits: floatBits(1) });
    }
  }
  tape.emit('barrier', {});
}
