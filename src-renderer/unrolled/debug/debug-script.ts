import type { Lane } from '../network-lanes.ts';

/** One moment of the walk through an example. `t` is the step of what reads forwards; what reads backwards is at the mirrored one. */
export type Stage =
  | { readonly phase: 'start' }
  | { readonly phase: 'forward' | 'backward'; readonly window: number; readonly t: number; readonly axis: Lane['axis']; readonly mirrored: boolean }
  | { readonly phase: 'loss' | 'update'; readonly window: number };

/** Steps that one update covers, first and last; `counts` where it has a loss. */
export interface DebugSpan {
  readonly from: number;
  readonly to: number;
  readonly counts: boolean;
}

/** The whole walk: its stages in order, and the stage at which each node has its value and its gradient. */
export interface DebugScript {
  readonly stages: readonly Stage[];
  /** [lane][t - 1]: index of the stage; beyond the last stage where it never comes to that. Only cells have a gradient. */
  readonly valueAt: readonly Int32Array[];
  readonly gradientAt: readonly Int32Array[];
}

interface Lengths {
  readonly inputs: number;
  readonly targets: number;
}

/** Cells whose steps can run at the same time. */
interface Sweep {
  readonly lanes: readonly number[];
  readonly axis: Lane['axis'];
}

const NEVER = 0x7fffffff;

/**
 * Forward in the order in which values can come to be (what reads a whole sequence waits for its end), the loss, backward the same way round, the update;
 * once for each window of truncated BPTT.
 */
export function debugScript(lanes: readonly Lane[], lengths: Lengths, spans: readonly DebugSpan[]): DebugScript {
  const sweeps = sweepsOf(lanes);
  const stages: Stage[] = [{ phase: 'start' }];
  const blank = (lane: Lane): Int32Array => new Int32Array(lane.steps === 'one' ? 1 : lengths[lane.axis]).fill(NEVER);
  const valueAt = lanes.map(blank);
  const gradientAt = lanes.map(blank);

  const walk = (phase: 'forward' | 'backward', window: number, span: DebugSpan): void => {
    const at = phase === 'forward' ? valueAt : gradientAt;
    for (const { lanes: members, axis } of phase === 'forward' ? sweeps : sweeps.toReversed()) {
      const [from, to] = axis === 'targets' ? [1, lengths.targets] : [span.from, Math.min(span.to, lengths.inputs)];
      const mirrored = members.every((index) => lanes[index]?.backward === true);
      for (let k = 0; k <= to - from; k++) {
        const t = phase === 'forward' ? from + k : to - k;
        for (const index of members) {
          const row = at[index];
          if (row !== undefined) row[(lanes[index]?.backward === true ? from + to - t : t) - 1] = stages.length;
        }
        stages.push({ phase, window, t: mirrored ? from + to - t : t, axis, mirrored });
      }
    }
  };

  for (const [window, span] of spans.entries()) {
    walk('forward', window, span);
    for (const [index, { kind, axis }] of lanes.entries()) {
      if (kind === 'output') mark(valueAt[index], axis, span, window === spans.length - 1, stages.length);
    }
    stages.push({ phase: 'loss', window });
    if (!span.counts) continue;
    walk('backward', window, span);
    stages.push({ phase: 'update', window });
  }
  for (const [index, lane] of lanes.entries()) if (lane.kind === 'input') valueAt[index]?.fill(0);
  return { stages, valueAt, gradientAt };
}

/** An output's steps of a window; one that comes once belongs to the last. */
function mark(at: Int32Array | undefined, axis: Lane['axis'], span: DebugSpan, isLast: boolean, stage: number): void {
  if (at === undefined) return;
  if (at.length === 1) {
    if (isLast) at[0] = stage;
    return;
  }
  const [from, to] = axis === 'targets' ? [1, at.length] : [span.from, span.to];
  at.fill(stage, from - 1, to);
}

/** Cells by what they wait for: one that reads another's last state, or reads it the other way round, begins when that one is through. */
function sweepsOf(lanes: readonly Lane[]): readonly Sweep[] {
  const level: number[] = [];
  for (const [index, lane] of lanes.entries()) {
    const waits = lane.feeds.map(({ from, take }) => {
      const source = lanes[from];
      const whole = source?.kind === 'cell' && (take !== 'each' || source.backward !== lane.backward);
      return (level[from] ?? 0) + (whole ? 1 : 0);
    });
    level[index] = Math.max(0, ...waits);
  }
  const count = 1 + lanes.reduce((most, { kind }, index) => (kind === 'cell' ? Math.max(most, level[index] ?? 0) : most), 0);
  return Array.from({ length: count }, (_, wanted) => {
    const members = [...lanes.keys()].filter((index) => lanes[index]?.kind === 'cell' && level[index] === wanted);
    return { lanes: members, axis: lanes[members[0] ?? 0]?.axis ?? ('inputs' as const) };
  }).filter(({ lanes: members }) => members.length > 0);
}
