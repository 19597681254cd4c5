import {
  SETTING_BETA1,
  SETTING_BETA2,
  SETTING_CLIP_SCALE,
  SETTING_CORRECTION1,
  SETTING_CORRECTION2,
  SETTING_EPSILON,
  SETTING_FINITE,
  SETTING_LEARNING_RATE,
} from '../../ir/opcodes';
import { addScaled } from './rows';
import { at, firstItem } from './split';
import { add, loadLanes, madd, mul, nmadd, splat, storeLanes } from './vector';

@inline
function setting(settings: i32, slot: i32): f32 {
  return load<f32>(at(settings + slot));
}

/** p -= learningRate * clipScale * g, count elements; nothing where the settings say not finite. Thread's share: elements. */
export function sgd(p: i32, g: i32, count: i32, settings: i32, thread: i32, threads: i32): void {
  if (setting(settings, SETTING_FINITE) == 0) return;
  const rate = setting(settings, SETTING_LEARNING_RATE) * setting(settings, SETTING_CLIP_SCALE);
  const begin = firstItem(count, thread, threads);
  addScaled(at(g + begin), at(p + begin), firstItem(count, thread + 1, threads) - begin, splat(-rate));
}

/**
 * g' = clipScale g; m = b1 m + (1-b1) g'; v = b2 v + (1-b2) g'^2; p -= lr (m corr1) / (sqrt(v corr2) + eps); nothing where the settings say not finite.
 * Kingma and Ba 2015, as PyTorch's Adam. Thread's share: elements.
 */
export function adam(p: i32, g: i32, m: i32, v: i32, count: i32, settings: i32, thread: i32, threads: i32): void {
  if (setting(settings, SETTING_FINITE) == 0) return;
  const begin = firstItem(count, thread, threads);
  let n = firstItem(count, thread + 1, threads) - begin;
  let pAt = at(p + begin);
  let gAt = at(g + begin);
  let mAt = at(m + begin);
  let vAt = at(v + begin);
  const clipScale = splat(setting(settings, SETTING_CLIP_SCALE));
  const beta1 = splat(setting(settings, SETTING_BETA1));
  const beta2 = splat(setting(settings, SETTING_BETA2));
  const rest1 = splat(1 - setting(settings, SETTING_BETA1));
  const rest2 = splat(1 - setting(settings, SETTING_BETA2));
  const rate = splat(setting(settings, SETTING_LEARNING_RATE) * setting(settings, SETTING_CORRECTION1));
  const correction2 = splat(setting(settings, SETTING_CORRECTION2));
  const epsilon = splat(setting(settings, SETTING_EPSILON));
  for (; n >= 4; n -= 4) {
    const gradient = mul(clipScale, v128.load(gAt));
    const mean = madd(beta1, v128.load(mAt), mul(rest1, gradient));
    const square = madd(beta2, v128.load(vAt), mul(mul(rest2, gradient), gradient));
    v128.store(mAt, mean);
    v128.store(vAt, square);
    v128.store(pAt, nmadd(rate, f32x4.div(mean, add(f32x4.sqrt(mul(square, correction2)), epsilon)), v128.load(pAt)));
    pAt += 16;
    gAt += 16;
    mAt += 16;
    vAt += 16;
  }
  if (n > 0) {
    const gradient = mul(clipScale, loadLanes(gAt, n));
    const mean = madd(beta1, loadLanes(mAt, n), mul(rest1, gradient));
    const square = madd(beta2, loadLanes(vAt, n), mul(mul(rest2, gradient), gradient));
    storeLanes(mAt, mean, n);
    storeLanes(vAt, square, n);
    storeLanes(pAt, nmadd(rate, f32x4.div(mean, add(f32x4.sqrt(mul(square, correction2)), epsilon)), loadLanes(pAt, n)), n);
  }
}
