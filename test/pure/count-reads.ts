/** `value` as it is, and how many of its properties, at any depth, were read so far: a measure of work that no machine changes. */
export function countReads<T extends object>(value: T): { readonly counted: T; readonly reads: () => number } {
  let reads = 0;
  const known = new WeakMap<object, object>();
  const wrap = (each: object): object => {
    const before = known.get(each);
    if (before !== undefined) return before;
    const wrapped = new Proxy(each, {
      get: (target, key) => {
        reads += 1;
        const found: unknown = Reflect.get(target, key);
        return typeof found === 'object' && found !== null ? wrap(found) : found;
      },
    });
    known.set(each, wrapped);
    return wrapped;
  };
  return { counted: wrap(value) as T, reads: () => reads };
}
