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
export const P1 = 16;
export const P2 = 17;
export const P3 = 18;
export const P4 = 19;
export const Q1 = 20;
export const Q2 = 21;
export const Q3 = 22;
export const Q4 = 23;
export const HALF_TANH_B = 24;
export const HALF_TANH_C = 25;
export const HALF = 26;

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
  put(TANH_END, 9.02); // from here tanh rounds to 1
  put(TANH_BEGIN, -9.02);
  // tanh x = x (1 + P1 u + ... + P4 u^4) / (1 + Q1 u + ... + Q4 u^4), u = x^2, on |x| <= 9.02: minimax, relative error 2.2e-8
  put(P1, 0.13382687133776486);
  put(P2, 0.0034974575012364033);
  put(P3, 2.063581881556879e-5);
  put(P4, 1.3384284620505385e-8);
  put(Q1, 0.46716008381399493);
  put(Q2, 0.025884360312725424);
  put(Q3, 3.2885170303734757e-4);
  put(Q4, 7.790246871123652e-7);
  // tanh(r / 2) = r (1/2 + B r^2) / (1 + C r^2) on |r| <= ln2 / 2: minimax, relative error of the e^r made of it 1.6e-10
  put(HALF_TANH_B, 0.008322669479832213);
  put(HALF_TANH_C, 0.09997859833807701);
  put(HALF, 0.5);
}
