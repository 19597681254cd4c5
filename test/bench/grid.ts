import { availableParallelism } from 'node:os';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import type { Extent } from './extent.ts';
import { ourStep, teamOf, timeMedian } from './our-step.ts';
import type { LinePeer } from './peers/line-peer.ts';
import { CELLS, SHAPES, type Cell, type Shape } from './shapes.ts';

export interface GridRow {
  readonly cell: Cell;
  readonly shape: Shape;
  readonly ours: { readonly ms: number; readonly threads: number };
  readonly torch: { readonly ms: number; readonly threads: number } | null;
  readonly tfjs: { readonly ms: number; readonly backend: string } | null;
  readonly ratioTorch: number | null;
  readonly ratioTfjs: number | null;
}

const MILLISECONDS = 1000;
/** tfjs takes over a second for one step of the larger shapes, and its table in engine.md ends here. */
const TFJS_SHAPES = 4;

/** Ours and the peers, row by row in turn, so that a drift of the machine's speed meets all of them. */
export async function* measureGrid(kernels: Kernels, torch: LinePeer | null, tfjs: LinePeer | null, extent: Extent): AsyncGenerator<GridRow> {
  for (const cell of CELLS) {
    for (const [index, shape] of SHAPES.slice(0, extent.shapes).entries()) {
      const ours = measureOurs(cell, shape, kernels, extent.time * MILLISECONDS);
      const torchBest = torch === null ? null : await measureTorch(torch, cell, shape);
      const tfjsBest = tfjs === null || index >= TFJS_SHAPES ? null : await measureTfjs(tfjs, cell, shape);
      yield {
        cell,
        shape,
        ours,
        torch: torchBest,
        tfjs: tfjsBest,
        ratioTorch: torchBest === null ? null : ours.ms / torchBest.ms,
        ratioTfjs: tfjsBest === null ? null : ours.ms / tfjsBest.ms,
      };
    }
  }
}

/** The better of one thread and a team, as a run would choose. */
function measureOurs(cell: Cell, shape: Shape, kernels: Kernels, milliseconds: number): GridRow['ours'] {
  const alone = ourStep(cell, shape, kernels, null);
  const results = [{ ms: timeMedian(alone.step, milliseconds), threads: 1 }];
  const threads = Math.min(2, availableParallelism());
  if (threads > 1) {
    const team = ourStep(cell, shape, kernels, teamOf(threads, 'always'));
    results.push({ ms: timeMedian(team.step, milliseconds), threads });
    team.machine.close();
  }
  return results.reduce((best, each) => (each.ms < best.ms ? each : best));
}

async function measureTorch(peer: LinePeer, cell: Cell, { input, hidden, layers, batch, steps }: Shape): Promise<GridRow['torch']> {
  let best: GridRow['torch'] = null;
  for (const threads of [1, 2]) {
    const ms = await peer.ask(cell, input, hidden, layers, batch, steps, threads);
    if (ms !== null && (best === null || ms < best.ms)) best = { ms, threads };
  }
  return best;
}

async function measureTfjs(peer: LinePeer, cell: Cell, { input, hidden, layers, batch, steps }: Shape): Promise<GridRow['tfjs']> {
  let best: GridRow['tfjs'] = null;
  for (const backend of ['wasm', 'cpu']) {
    // The plain JavaScript backend needs minutes for the larger shapes, and wins only where the work is tiny.
    if (backend === 'cpu' && hidden > 64) continue;
    const ms = await peer.ask(backend, cell, input, hidden, layers, batch, steps);
    if (ms !== null && (best === null || ms < best.ms)) best = { ms, backend };
  }
  return best;
}
