import { PANEL } from '../ir/opcodes.ts';
import { add, floatOperand, operand, read } from './reference-memory.ts';
import type { ReferenceKernel } from './reference-memory.ts';

export const fill: ReferenceKernel = (memory, tape, at) => {
  const x = operand(tape, at, 0);
  memory.fill(floatOperand(tape, at, 2), x, x + operand(tape, at, 1));
};

export const scale: ReferenceKernel = (memory, tape, at) => {
  const x = operand(tape, at, 0);
  const value = floatOperand(tape, at, 2);
  for (let e = 0; e < operand(tape, at, 1); e++) memory[x + e] = read(memory, x + e) * value;
};

export const pack: ReferenceKernel = (memory, tape, at) => {
  const [w, ldw, b, n, k] = [0, 1, 2, 3, 4].map((each) => operand(tape, at, each)) as [number, number, number, number, number];
  const transpose = operand(tape, at, 5) === 1;
  for (let panel = 0; panel * PANEL < n; panel++) {
    for (let row = 0; row < k; row++) {
      for (let lane = 0; lane < PANEL; lane++) {
        const column = panel * PANEL + lane;
        const source = transpose ? w + column * ldw + row : w + row * ldw + column;
        memory[b + (panel * k + row) * PANEL + lane] = column < n ? read(memory, source) : 0;
      }
    }
  }
};

export const gemm: ReferenceKernel = (memory, tape, at) => {
  const a = operand(tape, at, 0);
  const lda = operand(tape, at, 1);
  const b = operand(tape, at, 2);
  const c = operand(tape, at, 3);
  const ldc = operand(tape, at, 4);
  const m = operand(tape, at, 5);
  const n = operand(tape, at, 6);
  const k = operand(tape, at, 7);
  const bias = operand(tape, at, 8);
  const accumulate = operand(tape, at, 9) === 1;
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < n; column++) {
      let total = accumulate ? read(memory, c + row * ldc + column) : 0;
      if (bias !== 0) total += read(memory, bias + column);
      const panel = b + Math.floor(column / PANEL) * k * PANEL + (column % PANEL);
      for (let inner = 0; inner < k; inner++) total += read(memory, a + row * lda + inner) * read(memory, panel + inner * PANEL);
      memory[c + row * ldc + column] = total;
    }
  }
};

export const gemmTn: ReferenceKernel = (memory, tape, at) => {
  const c = operand(tape, at, 0);
  const ldc = operand(tape, at, 1);
  const a = operand(tape, at, 2);
  const lda = operand(tape, at, 3);
  const w = operand(tape, at, 4);
  const ldw = operand(tape, at, 5);
  const m = operand(tape, at, 6);
  const n = operand(tape, at, 7);
  const k = operand(tape, at, 8);
  const accumulate = operand(tape, at, 9) === 1;
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < k; column++) {
      let total = accumulate ? read(memory, w + row * ldw + column) : 0;
      for (let each = 0; each < m; each++) total += read(memory, c + each * ldc + row) * read(memory, a + each * lda + column);
      memory[w + row * ldw + column] = total;
    }
  }
};

export const columnSum: ReferenceKernel = (memory, tape, at) => {
  const c = operand(tape, at, 0);
  const ldc = operand(tape, at, 1);
  const y = operand(tape, at, 2);
  const m = operand(tape, at, 3);
  const n = operand(tape, at, 4);
  const accumulate = operand(tape, at, 5) === 1;
  for (let column = 0; column < n; column++) {
    let total = accumulate ? read(memory, y + column) : 0;
    for (let row = 0; row < m; row++) total += read(memory, c + row * ldc + column);
    memory[y + column] = total;
  }
};

export const columnDot: ReferenceKernel = (memory, tape, at) => {
  const [c, ldc, a, lda] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [y, m, n] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6)];
  for (let column = 0; column < n; column++) {
    let total = operand(tape, at, 7) === 1 ? read(memory, y + column) : 0;
    for (let row = 0; row < m; row++) total += read(memory, c + row * ldc + column) * read(memory, a + row * lda + column);
    memory[y + column] = total;
  }
};

export const copyColumns: ReferenceKernel = (memory, tape, at) => {
  const src = operand(tape, at, 0);
  const lds = operand(tape, at, 1);
  const dst = operand(tape, at, 2);
  const ldd = operand(tape, at, 3);
  const m = operand(tape, at, 4);
  const n = operand(tape, at, 5);
  const accumulate = operand(tape, at, 6) === 1;
  const factor = floatOperand(tape, at, 7);
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < n; column++) {
      const value = factor * read(memory, src + row * lds + column);
      if (accumulate) add(memory, dst + row * ldd + column, value);
      else memory[dst + row * ldd + column] = value;
    }
  }
};

export const rowNorms: ReferenceKernel = (memory, tape, at) => {
  const x = operand(tape, at, 0);
  const ldx = operand(tape, at, 1);
  const y = operand(tape, at, 2);
  const n = operand(tape, at, 4);
  for (let row = 0; row < operand(tape, at, 3); row++) {
    let total = 0;
    for (let column = 0; column < n; column++) total += read(memory, x + row * ldx + column) ** 2;
    memory[y + row] = Math.sqrt(total);
  }
};
