import {
  SETTING_BETA1,
  SETTING_BETA2,
  SETTING_CLIP_SCALE,
  SETTING_CORRECTION1,
  SETTING_CORRECTION2,
  SETTING_EPSILON,
  SETTING_FINITE,
  SETTING_LEARNING_RATE,
} from '../../../ir/opcodes';
import { addScaled } from '../math/row-arithmetic';
import { at, firstItem } from '../split';
import { add, loadLanes, madd, mul, nmadd, splat, storeLanes } from '../math/vector';

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
  for (; n >= 8; n -= 8) {
    const gradient0 = mul(clipScale, v128.load(gAt));
    const gradient1 = mul(clipScale, v128.load(gAt, 16));
    const mean0 = madd(beta1, v128.load(mAt), mul(rest1, gradient0));
    const mean1 = madd(beta1, v128.load(mAt, 16), mul(rest1, gradient1));
    const square0 = madd(beta2, v128.load(vAt), mul(mul(rest2, gradient0), gradient0));
    const square1 = madd(beta2, v128.load(vAt, 16), mul(mul(rest2, gradient1), gradient1));
    const p0 = nmadd(rate, f32x4.div(mean0, add(f32x4.sqrt(mul(square0, correction2)), epsilon)), v128.load(pAt));
    const p1 = nmadd(rate, f32x4.div(mean1, add(f32x4.sqrt(mul(square1, correction2)), epsilon)), v128.load(pAt, 16));
    v128.store(mAt, mean0);
    v128.store(mAt, mean1, 16);
    v128.store(vAt, square0);
    v128.store(vAt, square1, 16);
    v128.store(pAt, p0);
    v128.store(pAt, p1, 16);
    pAt += 32;
    gAt += 32;
    mAt += 32;
    vAt += 32;
  }
  for (; n > 0; n -= 4) {
    const lanes = min(4, n);
    const gradient = mul(clipScale, loadLanes(gAt, lanes));
    const mean = madd(beta1, loadLanes(mAt, lanes), mul(rest1, gradient));
    const square = madd(beta2, loadLanes(vAt, lanes), mul(mul(rest2, gradient), gradient));
    storeLanes(mAt, mean, lanes);
    storeLanes(vAt, square, lanes);
    storeLanes(pAt, nmadd(rate, f32x4.div(mean, add(f32x4.sqrt(mul(square, correction2)), epsilon)), loadLanes(pAt, lanes)), lanes);
    pAt += 16;
    gAt += 16;
    mAt += 16;
    vAt += 16;
  }
}
