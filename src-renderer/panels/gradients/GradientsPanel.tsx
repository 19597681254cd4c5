import { useCallback, useMemo, useState } from 'react';
import type { IDockviewPanelProps } from 'dockview-react';
import { Waves } from 'lucide-react';
import { DEFAULT_WINDOW } from '../../../src-engine/document/defaults.ts';
import type { NodeId } from '../../../src-engine/document/project.ts';
import type { ProbeLayer } from '../../../src-engine/session/protocol.ts';
import { fitDecay, type DecayFit } from '../../../src-engine/analyze/decay-fit.ts';
import { PictureMenu } from '../../charts/pictures/PictureMenu.tsx';
import { usePlotPicture } from '../../charts/uplot-drawing.ts';
import { documentActions } from '../../state/document-store.ts';
import { isRunning, useRun, type Probe, type RunData } from '../../state/run-store.ts';
import { entryAt } from '../../../src-engine/history/thin-history.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { Empty } from '../Empty.tsx';
import { FlowPlot } from './FlowPlot.tsx';
import { gradientRows, lagFlowOf, layerLabel, measuredLossStep, type MapRow } from './gradient-rows.ts';
import { GradientMap } from './GradientMap.tsx';
import { canBeLinedUp, lagOf } from '../../state/lined-up.ts';
import { gradientPicture } from './map-picture.ts';
import { chooseQuantity } from './ColourChoice.tsx';
import { MapControls } from './MapControls.tsx';
import { missingText } from './missing-text.ts';
import { causesWanted, quantities, type Quantity } from './quantities.ts';
import type { ProbesWanted } from '../../state/probes-store.ts';
import { Scrubber } from './Scrubber.tsx';
import { useProbesOf, type Probed } from './use-probes.ts';
import { useVisible } from './use-visible.ts';
import { Verdicts } from './Verdicts.tsx';
import './gradients.css';

/** The gradient of every layer over the steps, as the training probes it. */
export function GradientsPanel(panel: IDockviewPanelProps): React.JSX.Element {
  const frames = useRun((run) => run.frames);
  const layers = useRun((run) => run.opened?.probeLayers ?? null);
  const [past, setPast] = useState<number | null>(null);
  const visible = useVisible(panel);
  const frame = entryAt(frames, past);
  if (frame === undefined || layers === null || layers.length === 0) {
    return (
      <Empty icon={<Waves />} title={layers?.length === 0 ? 'No recurrent cell' : 'No gradient yet'}>
        {layers?.length === 0
          ? 'This model has no state that travels through time, so there is no gradient to follow. Add an RNN, GRU or LSTM.'
          : 'Press Train: the norm of the gradient at every layer and time step is painted here while the model learns.'}
      </Empty>
    );
  }
  return (
    <div className="gradients-box">
      <Gradients frame={frame} layers={layers} frames={frames} past={past} onPast={setPast} visible={visible} />
    </div>
  );
}

interface GradientsProps {
  readonly frame: Probe;
  readonly frames: readonly Probe[];
  readonly layers: readonly ProbeLayer[];
  /** The step looked back to; null for the latest. */
  readonly past: number | null;
  readonly onPast: (step: number | null) => void;
  readonly visible: boolean;
}

function windowOf({ openedProject }: RunData): number | null {
  const bptt = openedProject?.training.bptt;
  return bptt?.mode === 'truncated' ? (bptt.window ?? DEFAULT_WINDOW) : null;
}

/** What the verdict tells of causes is measured when the training rests, so that it costs the training nothing. */
function useWantedProbes(quantity: Quantity, visible: boolean): ProbesWanted | null {
  const running = useRun(isRunning);
  if (!visible) return null;
  return quantities[quantity].wanted ?? (running ? null : causesWanted);
}

function Gradients(props: GradientsProps): React.JSX.Element {
  const { frame, layers, past, visible } = props;
  const quantity = useWorkspace((workspace) => workspace.heatmapQuantity);
  const probed = useProbesOf(useWantedProbes(quantity, visible));
  const [wanted, setWanted] = useState(0);
  const chosen = Math.min(wanted, frame.layers - 1);
  const fits = useMemo(() => layers.map((_, index) => fitDecay(lagFlowOf(frame, index))), [frame, layers]);
  const choose = (layer: number): void => {
    setWanted(layer);
    const node = layers[layer]?.node;
    if (node !== undefined) documentActions.select({ nodes: [node as NodeId] });
  };
  return (
    <div className="gradients">
      <div className="gradients-main">
        <Picture {...props} quantity={quantity} probed={probed} chosen={chosen} onLayer={choose} />
        <Flow {...props} chosen={chosen} fit={fits[chosen] ?? null} />
      </div>
      <Verdicts layers={layers} fits={fits} chosen={chosen} reply={entryAt(probed.replies, past) ?? null} onChoose={choose} />
    </div>
  );
}

interface PictureProps extends GradientsProps {
  readonly quantity: Quantity;
  readonly probed: Probed;
  readonly chosen: number;
  readonly onLayer: (layer: number) => void;
}

function Picture({ quantity, probed, frame, frames, layers, past, onPast, chosen, onLayer }: PictureProps): React.JSX.Element {
  const scale = useWorkspace((workspace) => workspace.heatmapScale);
  const bpttWindow = useRun(windowOf);
  const [lossStep, setLossStep] = useState<number | null>(null);
  const spec = quantities[quantity];
  const { replies, problems } = probed;
  const reply = useMemo(() => (spec.wanted === null ? null : (entryAt(replies.filter(spec.isIn), past) ?? null)), [spec, replies, past]);
  const columns = useWorkspace((workspace) => workspace.heatmapColumns);
  const canLineUp = useMemo(() => canBeLinedUp(frame, quantity, bpttWindow), [frame, quantity, bpttWindow]);
  const linedUp = canLineUp && columns === 'loss';
  const rows = useMemo(
    () => gradientRows(quantity, scale, { frame, layers, reply, lossStep, layer: chosen, linedUp }),
    [quantity, scale, frame, layers, reply, lossStep, chosen, linedUp],
  );
  const lossSteps = reply?.triangle?.lossSteps ?? [];
  const masked = useCallback(
    (column: number, row: number) => (frame.rowsAtStep[linedUp ? lagOf(column, frame.steps) : column] ?? 0) === 0 || rows[row]?.beyond(column) === true,
    [frame, rows, linedUp],
  );
  const measured = reply?.step ?? frame.step;
  const choose = (row: MapRow): void => {
    if (row.layer !== null) onLayer(row.layer);
    else documentActions.select({ nodes: [row.node as NodeId] });
    if (quantity !== 'triangle') return;
    setLossStep(row.lossStep);
    chooseQuantity('flow-from');
  };
  return (
    <>
      <MapControls
        quantity={quantity}
        lossSteps={lossSteps}
        lossStep={quantity === 'flow-from' && lossSteps.length > 0 ? (lossSteps[measuredLossStep(lossSteps, lossStep)] ?? null) : null}
        onLossStep={setLossStep}
        columns={canLineUp ? columns : null}
      >
        {rows.length === 0 ? null : (
          <PictureMenu
            label="Save the gradient map"
            picture={gradientPicture({ quantity, rows, columns: frame.steps, linedUp, masked, measured, absolute: scale === 'absolute' })}
          />
        )}
      </MapControls>
      {rows.length === 0 ? (
        <div className="gradients-map gradients-missing">{missingText(quantity, replies.at(-1) ?? null, problems)}</div>
      ) : (
        <GradientMap
          quantity={quantity}
          rows={rows}
          frame={frame}
          masked={masked}
          measured={measured}
          window={bpttWindow}
          linedUp={linedUp}
          about={canLineUp ? aboutColumns[columns] : spec.about}
          onChoose={choose}
        />
      )}
      <Scrubber frames={frames} frame={frame} past={past} onPast={onPast} />
    </>
  );
}

/** Said where the columns can be chosen. */
const aboutColumns = {
  loss: 'examples lined up at their last step, where the loss is',
  t: 'by time step: examples of unequal length meet their loss at different t',
} as const;

const FLOW_WORDS = { name: 'flow', x: 'steps before the loss', y: 'gradient norm', curves: ['flow', 'fitted decay'] } as const;

interface FlowProps extends GradientsProps {
  readonly chosen: number;
  readonly fit: DecayFit | null;
}

function Flow({ frame, layers, chosen, fit }: FlowProps): React.JSX.Element {
  const [lagText, setLagText] = useState<string | null>(null);
  const flow = useMemo(() => lagFlowOf(frame, chosen), [frame, chosen]);
  const layer = layers[chosen];
  const of = layer === undefined ? '' : `, ${layerLabel(layer)}`;
  const subject = useMemo(
    () => ({ ...FLOW_WORDS, title: `Flow by distance from the loss${of}, training step ${frame.step.toLocaleString('en')}` }),
    [of, frame.step],
  );
  const { picture, onPlot } = usePlotPicture(subject);
  return (
    <div className="gradients-flow">
      <p className="gradients-caption">
        <span>Flow by distance from the loss{of}</span>
        <span className="mono">{lagText}</span>
        <PictureMenu label="Save the flow" picture={picture} />
      </p>
      <FlowPlot label="Gradient norm by distance from the loss step, with its fitted decay" flow={flow} fit={fit} onHover={setLagText} onPlot={onPlot} />
    </div>
  );
}
