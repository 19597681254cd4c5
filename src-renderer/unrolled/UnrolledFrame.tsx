import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { X } from 'lucide-react';
import type { ProbeLayer } from '../../src-engine/session/protocol.ts';
import type { Quantity } from '../panels/gradients/quantities.ts';
import { registerCommands } from '../state/commands.ts';
import { documentStore } from '../state/document-store.ts';
import { nodeTitle } from '../state/document/document-kinds.ts';
import { lagAtStep, lagText, stepAtLag } from '../state/lined-up.ts';
import { linkPlace, useLinkedPlace } from '../state/linked-place.ts';
import { useTheme } from '../state/workspace/workspace-theme.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { probeLayerOf } from './lane-rows.ts';
import type { NodePlace } from './layout.ts';
import type { Lane } from './network-lanes.ts';
import { Painter } from './paint/painter.ts';
import type { LitPlace } from './paint/picture.ts';
import { picturedColours } from './paint/pictured-colours.ts';
import { UnrolledBar } from './UnrolledBar.tsx';
import { UnrolledCanvas } from './UnrolledCanvas.tsx';
import { placeName, type UnrolledModel } from './unrolled-model.ts';
import { viewCommands } from './view-commands.ts';

interface UnrolledFrameProps {
  readonly lanes: readonly Lane[];
  readonly layers: readonly ProbeLayer[];
  readonly model: UnrolledModel;
  readonly quantity: Quantity;
  readonly quantities: readonly Quantity[];
  /** Under the picture while nothing is pointed at. */
  readonly note: string;
  readonly chosen: NodePlace | null;
  readonly onChoose: (place: NodePlace | null) => void;
  /** Between the bar and the picture. */
  readonly walk?: ReactNode;
  /** Of the chosen node. */
  readonly details: ReactNode;
  /** Beside the picture while no node is chosen. */
  readonly beside?: ReactNode;
}

/** The view around the picture: its bar above, what is pointed at below, the chosen node's details on the right. */
export function UnrolledFrame(props: UnrolledFrameProps): React.JSX.Element {
  const { lanes, layers, model, quantity, note, chosen, onChoose, walk, details, beside = null } = props;
  const theme = useTheme();
  const [painter] = useState(() => new Painter());
  const [picture] = useState(() => ({ name: 'unrolled', png: () => painter.png() }));
  const [pointed, setPointed] = useState<NodePlace | null>(null);
  const linked = useLinkedNode(lanes, layers, model);
  useEffect(() => registerCommands(viewCommands(painter)), [painter]);
  useLink(lanes, layers, model, pointed);
  // A new theme is a new set of colours, though the lanes are the same.
  const colours = useMemo(() => ({ theme, read: picturedColours(lanes) }), [lanes, theme]).read;
  const names = useMemo(() => lanes.map(laneName), [lanes]);
  const { layout, look, isCurrent, boundaries, bars, followed } = model;
  const describe = (place: NodePlace): string => [placeName(layout, place), model.said(place)].filter(Boolean).join(', ');
  const shown = pointed ?? linked;
  const side = details ?? beside;
  return (
    <div className="unrolled">
      <div className="unrolled-main">
        <UnrolledBar quantity={quantity} quantities={props.quantities} picture={picture} />
        {walk}
        <UnrolledCanvas
          painted={{ layout, look, names, isCurrent, boundaries, bars, chosen, colours }}
          painter={painter}
          linked={linked}
          followed={followed}
          label={`The model unrolled over time: ${names.join(', ')} over ${layout.columns} steps`}
          describe={describe}
          onPoint={setPointed}
          onChoose={onChoose}
        />
        <p className="unrolled-readout" aria-live={pointed === null ? 'off' : 'polite'}>
          {shown === null ? <span>{note}</span> : <span className="mono">{isNode(shown) ? describe(shown) : `${names[shown.lane] ?? ''}, ${shown.said}`}</span>}
          <span className="unrolled-copies">{shown === null ? '' : copiesText(lanes, model, shown)}</span>
        </p>
      </div>
      {side === null ? null : (
        <aside className="unrolled-details" aria-label="Details">
          {chosen === null || details === null ? null : (
            <header>
              <h2 className="mono">{placeName(layout, chosen)}</h2>
              <IconButton
                label="Close the details"
                className="ui-button-quiet ui-button-small"
                icon={<X aria-hidden />}
                onClick={() => {
                  onChoose(null);
                }}
              />
            </header>
          )}
          {side}
        </aside>
      )}
    </div>
  );
}

/** Cells by their path, with an arrow for the direction inside a bidirectional block; an input by its block's name. */
function laneName({ kind, layer, paired, backward, node }: Lane): string {
  if (kind === 'cell') return paired ? `${layer} ${backward ? '←' : '→'}` : layer;
  if (kind === 'output') return 'ŷ';
  const block = documentStore.getState().project.graph.nodes.find(({ id }) => id === node);
  return block === undefined ? node : nodeTitle(block);
}

function copiesText(lanes: readonly Lane[], { layout }: UnrolledModel, { lane }: LitPlace): string {
  const found = lanes[lane];
  return found?.kind === 'cell' ? `one function, ${layout.lanes[lane]?.length ?? 0} copies` : '';
}

/** All copies of a cell, and the words for why no one of them is meant. */
interface AllCopies extends LitPlace {
  readonly t: null;
  readonly said: string;
}

function isNode(place: NodePlace | AllCopies): place is NodePlace {
  return place.t !== null;
}

/** What is pointed at in the heatmap, as a node of this picture; as all copies of its cell where each example has it at another t. */
function useLinkedNode(lanes: readonly Lane[], layers: readonly ProbeLayer[], { layout, ownSteps }: UnrolledModel): NodePlace | AllCopies | null {
  const place = useLinkedPlace();
  return useMemo(() => {
    if (place === null) return null;
    const lane = lanes.findIndex(
      (each) => each.node === place.node && each.kind === 'cell' && (place.layer === null || probeLayerOf(each, layers) === place.layer),
    );
    const found = layout.lanes[lane];
    if (found === undefined) return null;
    const length = ownSteps(lane);
    const t = place.t ?? (place.lag === null || length === null ? null : stepAtLag(place.lag, length, found.backward));
    if (t !== null) return t < 1 || t > (length ?? found.length) ? null : { lane, t };
    return place.lag === null ? null : { lane, t, said: `${lagText(place.lag)}: another t in each example` };
  }, [lanes, layers, layout, ownSteps, place]);
}

/** Lights up what is pointed at here in the other views. */
function useLink(lanes: readonly Lane[], layers: readonly ProbeLayer[], { ownSteps }: UnrolledModel, pointed: NodePlace | null): void {
  useEffect(() => {
    const lane = pointed === null ? undefined : lanes[pointed.lane];
    if (pointed === null || lane === undefined) return;
    const length = ownSteps(pointed.lane);
    const lag = length === null || pointed.t > length ? null : lagAtStep(pointed.t, length, lane.backward);
    linkPlace({ node: lane.node, t: pointed.t, lag, layer: probeLayerOf(lane, layers) });
    return () => {
      linkPlace(null);
    };
  }, [lanes, layers, ownSteps, pointed]);
}
