import { at } from './split';
import { RESERVED_ARRIVED, RESERVED_ASLEEP, RESERVED_GENERATION } from './reserved';

/** Looks at the generation before sleeping: a few microseconds. */
const SPINS: i32 = 4000;

/**
 * All threads meet. The last to arrive opens the next generation; the others watch for it, then sleep. The generation is read before
 * arriving, so no thread misses its own opening; a thread counts itself asleep before it compares the generation, so none sleeps through it.
 */
export function barrier(threads: i32): void {
  if (threads == 1) return;
  const generation = at(RESERVED_GENERATION);
  const current = atomic.load<i32>(generation);
  if (atomic.add<i32>(at(RESERVED_ARRIVED), 1) + 1 == threads) {
    atomic.store<i32>(at(RESERVED_ARRIVED), 0);
    atomic.store<i32>(generation, current + 1);
    if (atomic.load<i32>(at(RESERVED_ASLEEP)) != 0) atomic.notify(generation, -1);
    return;
  }
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(generation) != current) return;
  }
  atomic.add<i32>(at(RESERVED_ASLEEP), 1);
  while (atomic.load<i32>(generation) == current) atomic.wait<i32>(generation, current, -1);
  atomic.sub<i32>(at(RESERVED_ASLEEP), 1);
}
