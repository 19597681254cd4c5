import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import type { Extent } from './extent.ts';
import { ourStep, teamOf, timeMedian } from './our-step.ts';
import { measurePeak } from './peak.ts';
import { CELLS, productFlops, SHAPES, shapeText, type Cell, type Shape } from './shapes.ts';

const MIDDLE: Shape = { input: 64, hidden: 128, layers: 2, batch: 32, steps: 50 };
const MILLISECONDS = 1000;

export interface PeakShare {
  readonly rate: number;
  readonly peak: number;
  readonly share: number;
}

/** Products of a whole training step of the two-layer LSTM on one thread, against multiply-adds on registers alone. GFLOP/s. */
export async function measurePeakShare(kernels: Exclude<Kernels, { kind: 'reference' }>, { time }: Extent): Promise<PeakShare> {
  const peak = await measurePeak(kernels.kind);
  const { step } = ourStep('lstm', MIDDLE, kernels, null);
  const rate = productFlops('lstm', MIDDLE) / timeMedian(step, 2 * time * MILLISECONDS) / 1e6;
  return { rate, peak, share: rate / peak };
}

export interface CompileRow {
  readonly steps: number;
  readonly ms: number;
  readonly megabytes: number;
  readonly stepMs: number;
}

/** Compile time, memory and step time against T; the slope of ln(step time) against ln(T) by least squares. */
export function measureCompile(kernels: Kernels, { compiled, time }: Extent): { readonly rows: readonly CompileRow[]; readonly slope: number } {
  const rows = compiled.map((steps): CompileRow => {
    const shape: Shape = { input: 16, hidden: 32, layers: 4, batch: 8, steps };
    const made = Array.from({ length: 3 }, () => ourStep('lstm', shape, kernels, null));
    const [first] = made;
    if (first === undefined) throw new Error('nothing was made');
    const ms = made.map(({ compileMs }) => compileMs).sort((a, b) => a - b)[1] ?? Number.NaN;
    return { steps, ms, megabytes: (first.program.size * 4) / 1e6, stepMs: timeMedian(first.step, 500 * time) };
  });
  return { rows, slope: slopeOf(rows.map(({ steps, stepMs }) => ({ x: Math.log(steps), y: Math.log(stepMs) }))) };
}

function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
}

export function measureThreads(kernels: Kernels, cores: number, { time }: Extent): readonly { readonly count: number; readonly stepsPerSecond: number }[] {
  return Array.from({ length: Math.min(8, cores) }, (_, index) => {
    const count = index + 1;
    const { step, machine } = ourStep('lstm', MIDDLE, kernels, count === 1 ? null : teamOf(count, 'always'));
    const stepsPerSecond = 1000 / timeMedian(step, time * MILLISECONDS);
    machine.close();
    return { count, stepsPerSecond };
  });
}

/** Milliseconds between two probes and the largest share of the time they may take: as in `session/session.ts`. */
const PROBE_EVERY = 150;
const PROBE_SHARE = 0.05;

/** A probe is a forward and a backward pass and the norms. */
export function measureProbes(kernels: Kernels, { time }: Extent): { readonly stepMs: number; readonly probeMs: number; readonly share: number } {
  const { step, machine, program } = ourStep('lstm', MIDDLE, kernels, null);
  const stepMs = timeMedian(step, time * MILLISECONDS);
  const { forward, backward, probe } = program.sections;
  const probeMs = timeMedian(() => {
    machine.run({ begin: forward.begin, end: backward.end });
    machine.run(probe);
  }, time * MILLISECONDS);
  return { stepMs, probeMs, share: Math.min(PROBE_SHARE, probeMs / (PROBE_EVERY + probeMs)) };
}

export function measureInference(
  kernels: Kernels,
  { inferenceShapes, time }: Extent,
): readonly { readonly cell: Cell; readonly shape: string; readonly microseconds: number }[] {
  return CELLS.flatMap((cell) =>
    SHAPES.slice(0, inferenceShapes).map((shape) => {
      const one = { ...shape, batch: 1 };
      const { step } = ourStep(cell, one, kernels, null, false);
      return { cell, shape: shapeText(one), microseconds: (timeMedian(step, 200 * time) * 1000) / one.steps };
    }),
  );
}
