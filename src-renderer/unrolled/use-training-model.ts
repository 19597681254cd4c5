import { useMemo } from 'react';
import { ownStepsOf, type DataSignature } from '../../src-engine/document/signature.ts';
import type { OpenReply, ProbesReply } from '../../src-engine/session/protocol.ts';
import { gradientRows, windowBoundaries } from '../panels/gradients/gradient-rows.ts';
import { missingText } from '../panels/gradients/missing-text.ts';
import { quantities, type Quantity } from '../panels/gradients/quantities.ts';
import { useProbesOf } from '../panels/gradients/use-probes.ts';
import { latestFrame, useRun, type Probe } from '../state/run-store.ts';
import { useUnrolled } from '../state/unrolled-store.ts';
import { useWorkspace } from '../state/workspace-store.ts';
import { probeLayerOf } from './lane-rows.ts';
import { layOut, type Layout } from './layout.ts';
import type { Lane } from './network-lanes.ts';
import { plainLook, shaded, type UnrolledModel } from './unrolled-model.ts';

interface TrainingModel extends UnrolledModel {
  readonly frame: Probe | null;
  readonly reply: ProbesReply | null;
  /** Why the quantity is not shown; empty where it is. */
  readonly missing: string;
}

interface TrainingOptions {
  readonly lanes: readonly Lane[];
  readonly opened: OpenReply;
  readonly signature: DataSignature;
  /** The panel's quantity, without what has no place here. */
  readonly quantity: Quantity;
  readonly window: number | null;
  /** A node's details are open: they tell of all quantities. */
  readonly detailed: boolean;
}

/** Steps of the whole picture: those of the longest example. */
function layoutOf(lanes: readonly Lane[], opened: OpenReply, signature: DataSignature): Layout {
  const own = ownStepsOf(signature.output);
  const inputs = own === null ? opened.steps : (opened.data?.longest ?? opened.steps);
  return layOut(lanes, { inputs: signature.input.kind === 'vector' && own !== null ? 1 : inputs, targets: own ?? opened.steps });
}

const nowhere = (): boolean => false;
const unknown = (): null => null;

/** Examples of a frame that have a step; of a decoder's cells, as a step of their target. */
export function reaching({ rowsAtStep, rowsOfCell, steps }: Probe, layer: number | null, t: number): number {
  return (layer === null || rowsOfCell === undefined ? rowsAtStep[t - 1] : rowsOfCell[layer * steps + t - 1]) ?? 0;
}

/** The picture of the training as it goes on: colours follow the probe frames, or what was asked for. */
export function useTrainingModel({ lanes, opened, signature, quantity, window, detailed }: TrainingOptions): TrainingModel {
  const frame = useRun(latestFrame);
  const scale = useWorkspace((workspace) => workspace.heatmapScale);
  const lossStep = useUnrolled((unrolled) => unrolled.lossStep);
  const { wanted } = quantities[quantity];
  const asked = useMemo(() => (detailed ? { jacobian: true, copies: true, triangle: wanted?.triangle ?? false } : wanted), [detailed, wanted]);
  const { replies, problems } = useProbesOf(asked, false);
  const layout = useMemo(() => layoutOf(lanes, opened, signature), [lanes, opened, signature]);
  const layers = opened.probeLayers;
  const reply = replies.findLast(quantities[quantity].isIn) ?? null;
  const model = useMemo((): UnrolledModel => {
    const rowOf = layout.lanes.map((lane) => probeLayerOf(lane, layers));
    const masked = (lane: number, t: number): boolean => frame !== null && layout.lanes[lane]?.steps !== 'one' && reaching(frame, rowOf[lane] ?? null, t) === 0;
    const rows = frame === null ? [] : gradientRows(quantity, scale, { frame, layers, reply, lossStep, layer: 0 });
    const shades = shaded({ layout, layers, rows, quantity, masked });
    return {
      layout,
      look: (lane, t) => {
        const kind = layout.lanes[lane]?.kind ?? 'cell';
        const name = kind === 'input' ? 'x' : 'ŷ';
        return shades.look(lane, t) ?? plainLook(kind, layout.lanes[lane]?.steps === 'one' ? name : `${name}${t}`, masked(lane, t));
      },
      said: shades.said,
      isCurrent: nowhere,
      ownSteps: unknown,
      boundaries: windowBoundaries(window, layout.columns),
      bars: null,
      followed: null,
    };
  }, [layout, frame, layers, quantity, scale, reply, lossStep, window]);
  const detail = replies.findLast(({ copies, cells }) => copies !== null && cells.every(({ jacobian }) => jacobian !== null)) ?? null;
  const has = frame !== null && (wanted === null || reply !== null) && gradientRows(quantity, scale, { frame, layers, reply, lossStep, layer: 0 }).length > 0;
  return { ...model, frame, reply: detail, missing: has ? '' : missingText(quantity, replies.at(-1) ?? null, problems) };
}
