/** First item of thread `thread` of `threads` when `count` items are dealt in equal runs. The end is the next thread's first. */
@inline
export function firstItem(count: i32, thread: i32, threads: i32): i32 {
  return <i32>((<i64>count * thread) / threads);
}

/** Byte address of a float offset. */
@inline
export function at(offset: i32): usize {
  return (<usize>offset) << 2;
}
