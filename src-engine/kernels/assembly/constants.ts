import { RESERVED_CONSTANTS } from './reserved';

/**
 * The constants of the vector functions, kept in the reserved memory: V8 builds a constant vector from immediates each time it is used (five
 * instructions), but loads and spreads one float in a single one.
 */
export const LOWEST = 0;
export const LOG2_E = 1;
export const ROUND = 2;
export const LN2_HIGH = 3;
export const LN2_LOW = 4;
export const E2 = 5;
export const E3 = 6;
export const E4 = 7;
export const E5 = 8;
export const E6 = 9;
export const ONE = 10;
export const LIFT = 11;
export const UNLIFT = 12;
export const NEGATIVE = 13;
export const TANH_END = 14;
export const TANH_BEGIN = 15;
export const A0 = 16;
export const A1 = 17;
export const A2 = 18;
export const B0 = 19;
export const B1 = 20;
export const B2 = 21;
export const B3 = 22;
export const HALF_TANH_B = 23;
export const HALF_TANH_C = 24;
export const HALF = 25;

/** The constant of a slot in all four lanes. */
@inline
export function constant(slot: i32): v128 {
  return v128.load_splat<f32>((RESERVED_CONSTANTS + slot) << 2);
}

@inline
export function one(): v128 {
  return constant(ONE);
}

@inline
function put(slot: i32, value: f32): void {
  store<f32>((RESERVED_CONSTANTS + slot) << 2, value);
}

/** Writes the table; every thread may, they write the same. */
export function writeConstants(): void {
  put(LOWEST, -104.0); // e^-104 rounds to 0
  put(LOG2_E, 1.4426950408889634);
  put(ROUND, 12582912.0); // 1.5 * 2^23: adding it rounds to the nearest whole number, which then stands in the low bits
  put(LN2_HIGH, 0.693359375); // 9 bits: n * LN2_HIGH is exact for every exponent n
  put(LN2_LOW, -2.12194440054691e-4);
  // e^r = 1 + r + E2 r^2 + ... + E6 r^6 on |r| <= ln2 / 2: minimax, relative error 3.1e-9
  put(E2, 0.49999993403387094);
  put(E3, 0.16666519972780058);
  put(E4, 0.041668395800060286);
  put(E5, 0.008368796767901443);
  put(E6, 0.0013814433258995899);
  put(ONE, 1.0);
  put(LIFT, 33554432.0); // 2^25
  put(UNLIFT, 2.9802322387695312e-8); // 2^-25
  put(NEGATIVE, -0.0);
  put(TANH_END, 9.02); // from 9.011 tanh rounds to 1
  put(TANH_BEGIN, -9.02);
  // tanh(x / 2) = X / Y, X = x (A0 + A1 u + A2 u^2), Y = B0 + B1 u + B2 u^2 + B3 u^3, u = x^2, on the interval above: minimax where tanh x feels it
  // (relative error 7e-9). All times 0.84: for small x every sum then stays just below a power of two, where rounding is finest.
  // The last digits are searched so that no result passes 1 and the ends give 1. Over every float: at most 3.8 ulp in both builds.
  put(A0, 0.8403546214103699);
  put(A1, 0.025023557245731354);
  put(A2, 9.607986430637538e-5);
  put(B0, 1.6807092428207397);
  put(B1, 0.1901061087846756);
  put(B2, 0.002028512069955468);
  put(B3, 2.0683837647084147e-6);
  // tanh(r / 2) = r (1/2 + B r^2) / (1 + C r^2) on |r| <= ln2 / 2: minimax, relative error of the e^r made of it 1.6e-10
  put(HALF_TANH_B, 0.008322669479832213);
  put(HALF_TANH_C, 0.09997859833807701);
  put(HALF, 0.5);
}
