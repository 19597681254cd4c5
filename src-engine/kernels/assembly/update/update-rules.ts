import {
  SETTING_BETA1,
  SETTING_BETA2,
  SETTING_CLIP_SCALE,
  SETTING_EPSILON,
  SETTING_FINITE,
  SETTING_LEARNING_RATE,
  SETTING_WEIGHT_DECAY,
} from '../../../ir/opcodes';
import { at, firstItem } from '../split';
import { add, loadLanes, madd, mul, nmadd, splat, storeLanes } from '../math/vector';

@inline
function setting(settings: i32, slot: i32): f32 {
  return load<f32>(at(settings + slot));
}

/**
 * g' = clipScale g; m = b1 m + g'; p -= lr (nesterov 1: g' + b1 m; 0: m); nothing where the settings say not finite.
 * Sutskever et al. 2013, as PyTorch's SGD. Thread's share: elements.
 */
export function momentum(p: i32, g: i32, m: i32, count: i32, settings: i32, nesterov: i32, thread: i32, threads: i32): void {
  if (setting(settings, SETTING_FINITE) == 0) return;
  const begin = firstItem(count, thread, threads);
  let pAt = at(p + begin);
  let gAt = at(g + begin);
  let mAt = at(m + begin);
  const clipScale = splat(setting(settings, SETTING_CLIP_SCALE));
  const beta = splat(setting(settings, SETTING_BETA1));
  const rate = splat(setting(settings, SETTING_LEARNING_RATE));
  for (let n = firstItem(count, thread + 1, threads) - begin; n > 0; n -= 4) {
    const lanes = min(n, 4);
    const gradient = mul(clipScale, loadLanes(gAt, lanes));
    const mean = madd(beta, loadLanes(mAt, lanes), gradient);
    storeLanes(mAt, mean, lanes);
    storeLanes(pAt, nmadd(rate, nesterov ? madd(beta, mean, gradient) : mean, loadLanes(pAt, lanes)), lanes);
    pAt += 16;
    gAt += 16;
    mAt += 16;
  }
}

/** g' = clipScale g; v = keep v + take g'^2; p -= lr g' / (sqrt(v) + eps), elements of this thread's share. */
function adaptive(p: i32, g: i32, v: i32, count: i32, settings: i32, keep: v128, take: v128, thread: i32, threads: i32): void {
  if (setting(settings, SETTING_FINITE) == 0) return;
  const begin = firstItem(count, thread, threads);
  let pAt = at(p + begin);
  let gAt = at(g + begin);
  let vAt = at(v + begin);
  const clipScale = splat(setting(settings, SETTING_CLIP_SCALE));
  const rate = splat(setting(settings, SETTING_LEARNING_RATE));
  const epsilon = splat(setting(settings, SETTING_EPSILON));
  for (let n = firstItem(count, thread + 1, threads) - begin; n > 0; n -= 4) {
    const lanes = min(n, 4);
    const gradient = mul(clipScale, loadLanes(gAt, lanes));
    const square = madd(keep, loadLanes(vAt, lanes), mul(mul(take, gradient), gradient));
    storeLanes(vAt, square, lanes);
    storeLanes(pAt, nmadd(rate, f32x4.div(gradient, add(f32x4.sqrt(square), epsilon)), loadLanes(pAt, lanes)), lanes);
    pAt += 16;
    gAt += 16;
    vAt += 16;
  }
}

/** v += g'^2; p -= lr g' / (sqrt(v) + eps). Duchi et al. 2011, as PyTorch's Adagrad. Thread's share: elements. */
export function adagrad(p: i32, g: i32, v: i32, count: i32, settings: i32, thread: i32, threads: i32): void {
  adaptive(p, g, v, count, settings, splat(1), splat(1), thread, threads);
}

/** v = b2 v + (1-b2) g'^2; p -= lr g' / (sqrt(v) + eps). Tieleman and Hinton 2012, as PyTorch's RMSprop. Thread's share: elements. */
export function rmsprop(p: i32, g: i32, v: i32, count: i32, settings: i32, thread: i32, threads: i32): void {
  const beta = setting(settings, SETTING_BETA2);
  adaptive(p, g, v, count, settings, splat(beta), splat(1 - beta), thread, threads);
}

/** p -= lr * weightDecay * p, the first half of AdamW (Loshchilov and Hutter 2019). Thread's share: elements. */
export function decay(p: i32, count: i32, settings: i32, thread: i32, threads: i32): void {
  if (setting(settings, SETTING_FINITE) == 0) return;
  const begin = firstItem(count, thread, threads);
  let pAt = at(p + begin);
  const rate = splat(setting(settings, SETTING_LEARNING_RATE) * setting(settings, SETTING_WEIGHT_DECAY));
  for (let n = firstItem(count, thread + 1, threads) - begin; n > 0; n -= 4) {
    const lanes = min(n, 4);
    const weight = loadLanes(pAt, lanes);
    storeLanes(pAt, nmadd(rate, weight, weight), lanes);
    pAt += 16;
  }
}
