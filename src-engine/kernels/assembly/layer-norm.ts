import { at, firstItem } from './split';
import { add, loadLanes, madd, mul, nmadd, splat, storeLanes, sub, sumLanes, zero } from './math/vector';

/**
 * normal = (x - mean) / sqrt(variance + epsilon), mean and variance of each row; y = normal * weight + bias; scales[m] = 1 / sqrt(variance + epsilon).
 * x, y, normal [M,N], weight, bias [N]. Ba, Kiros and Hinton 2016. Thread's share: rows.
 */
export function layerNormForward(
  x: i32,
  y: i32,
  normal: i32,
  scales: i32,
  weight: i32,
  bias: i32,
  m: i32,
  n: i32,
  epsilon: f32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) {
    const from = at(x + row * n);
    const mean = sumOf(from, n) / <f32>n;
    const scale: f32 = 1 / sqrt<f32>(squaresAround(from, n, mean) / <f32>n + epsilon);
    store<f32>(at(scales + row), scale);
    normalise(from, at(normal + row * n), at(y + row * n), at(weight), at(bias), n, mean, scale);
  }
}

function sumOf(x: usize, n: i32): f32 {
  let total = zero();
  for (; n > 0; n -= 4) {
    total = add(total, loadLanes(x, min(4, n)));
    x += 16;
  }
  return sumLanes(total);
}

function squaresAround(x: usize, n: i32, mean: f32): f32 {
  let total = zero();
  for (; n >= 4; n -= 4) {
    const difference = sub(v128.load(x), splat(mean));
    total = madd(difference, difference, total);
    x += 16;
  }
  let rest: f32 = 0;
  for (; n > 0; n--) {
    const difference = load<f32>(x) - mean;
    rest += difference * difference;
    x += 4;
  }
  return sumLanes(total) + rest;
}

function normalise(x: usize, normal: usize, y: usize, weight: usize, bias: usize, n: i32, mean: f32, scale: f32): void {
  for (; n > 0; n -= 4) {
    const lanes = min(4, n);
    const value = mul(sub(loadLanes(x, lanes), splat(mean)), splat(scale));
    storeLanes(normal, value, lanes);
    storeLanes(y, madd(value, loadLanes(weight, lanes), loadLanes(bias, lanes)), lanes);
    x += 16;
    normal += 16;
    y += 16;
    weight += 16;
    bias += 16;
  }
}

/**
 * dx = (dx if accumulate) + scale (g - mean(g) - normal mean(g normal)), g = dy * weight. dy, normal, dx [M,N], scales [M]. Thread's share: rows.
 */
export function layerNormBackward(
  dy: i32,
  normal: i32,
  scales: i32,
  weight: i32,
  dx: i32,
  m: i32,
  n: i32,
  accumulate: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) {
    backwardRow(at(dy + row * n), at(normal + row * n), load<f32>(at(scales + row)), at(weight), at(dx + row * n), n, accumulate);
  }
}

function backwardRow(dy: usize, normal: usize, scale: f32, weight: usize, dx: usize, n: i32, accumulate: i32): void {
  let total = zero();
  let along = zero();
  for (let e = 0; e < n; e += 4) {
    const lanes = min(4, n - e);
    const g = mul(loadLanes(dy + at(e), lanes), loadLanes(weight + at(e), lanes));
    total = add(total, g);
    along = madd(g, loadLanes(normal + at(e), lanes), along);
  }
  const mean = splat(sumLanes(total) / <f32>n);
  const slope = splat(sumLanes(along) / <f32>n);
  for (let e = 0; e < n; e += 4) {
    const lanes = min(4, n - e);
    const g = mul(loadLanes(dy + at(e), lanes), loadLanes(weight + at(e), lanes));
    const d = mul(splat(scale), nmadd(loadLanes(normal + at(e), lanes), slope, sub(g, mean)));
    storeLanes(dx + at(e), accumulate ? add(loadLanes(dx + at(e), lanes), d) : d, lanes);
  }
}
