import { moveNodes } from '../../../src-engine/document/edits.ts';
import { problem, type Problem } from '../../../src-engine/document/problems.ts';
import type { Graph, NodeId } from '../../../src-engine/document/project.ts';
import { documentStore } from '../../state/document-store.ts';
import { applyEdit } from '../edits/apply-edit.ts';
import { layOutInWorker } from './elk-layout.ts';
import type { Point } from './geometry.ts';

/** How the canvas speaks to the person. */
export interface CanvasVoice {
  readonly refuse: (problem: Problem) => void;
  /** Work that may take long: shown after half a second, with a way to call it off. The reply takes the note away. */
  readonly working: (sentence: string, cancel: () => void) => () => void;
}

let running: AbortController | null = null;

/** Lays out the canvas in a worker, as one undo step. Asked for again while it runs, it starts anew; what was edited meanwhile stays. */
export async function layOutAll(say: CanvasVoice, done: () => void): Promise<void> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const finished = say.working('Laying out the canvas', () => {
    mine.abort();
  });
  try {
    const places = await layOutInWorker(documentStore.getState().project.graph, mine.signal);
    if (mine.signal.aborted) return;
    applyEdit({ label: 'Lay out', change: (graph) => placed(graph, places) });
    requestAnimationFrame(done);
  } catch {
    if (!mine.signal.aborted) say.refuse(problem('U060', 'The layout could not be made; nothing has moved.', 'Try again, or align the blocks by hand.'));
  } finally {
    finished();
  }
}

/** Only what is still there moves; the same graph where everything stands already. */
function placed(graph: Graph, places: ReadonlyMap<NodeId, Point>): Graph {
  const moves = graph.nodes.flatMap(({ id, parent, position }) => {
    const at = parent === undefined ? places.get(id) : undefined;
    return at === undefined || (position?.x === at.x && position.y === at.y) ? [] : [[id, at] as const];
  });
  return moves.length === 0 ? graph : moveNodes(graph, new Map(moves));
}
