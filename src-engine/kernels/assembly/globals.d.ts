/** 1 in the build that uses relaxed SIMD, 0 in the plain one; given by `--use RELAXED=...`. */
declare const RELAXED: i32;
