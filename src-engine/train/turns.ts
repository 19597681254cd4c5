/** Long work in short pieces: it yields where others may have their turn, and returns its result. */
export type Turns<T> = Generator<undefined, T, undefined>;

/** All of it at once. */
export function finish<T>(work: Turns<T>): T {
  let next = work.next();
  while (next.done !== true) next = work.next();
  return next.value;
}
