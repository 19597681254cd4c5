import { SETTING_DROPOUT, SETTING_DROPOUT_COUNTER, SETTING_DROPOUT_SEED } from '../../ir/opcodes';
import { at, firstItem } from './split';
import { add, loadLanes, mul, splat, storeLanes } from './math/vector';

/** A bijection of 32 bits in which every input bit moves every output bit (Wellons 2018, lowbias32). */
export function mix(x: u32): u32 {
  x ^= x >> 16;
  x *= 0x7feb352d;
  x ^= x >> 15;
  x *= 0x846ca68b;
  return x ^ (x >> 16);
}

@inline
function mixLanes(x: v128): v128 {
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x7feb352d));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(<i32>0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/**
 * y = (y if accumulate) + keep * scale * x; keep is 1 where the upper 24 bits of hash(seed, update, stream, first + element) are at least `threshold`, else 0.
 * Where the settings say no dropout: y = (y if accumulate) + x. Thread's share: elements.
 */
export function dropout(
  x: i32,
  y: i32,
  count: i32,
  threshold: i32,
  scale: f32,
  stream: i32,
  settings: i32,
  accumulate: i32,
  first: i32,
  thread: i32,
  threads: i32,
): void {
  const on = load<i32>(at(settings + SETTING_DROPOUT)) == 1;
  const seed = load<u32>(at(settings + SETTING_DROPOUT_SEED));
  const key = mix(mix(mix(seed) + load<u32>(at(settings + SETTING_DROPOUT_COUNTER))) + <u32>stream);
  const end = firstItem(count, thread + 1, threads);
  for (let e = firstItem(count, thread, threads); e < end; e += 4) {
    const lanes = min(4, end - e);
    let value = loadLanes(at(x + e), lanes);
    if (on) {
      const elements = i32x4.add(i32x4.splat(first + e), i32x4(0, 1, 2, 3));
      const hash = mixLanes(i32x4.add(i32x4.mul(elements, i32x4.splat(<i32>0x9e3779b9)), i32x4.splat(<i32>key)));
      const keep = i32x4.ge_s(i32x4.shr_u(hash, 8), i32x4.splat(threshold));
      value = v128.and(mul(value, splat(scale)), keep);
    }
    storeLanes(at(y + e), accumulate ? add(loadLanes(at(y + e), lanes), value) : value, lanes);
  }
}
