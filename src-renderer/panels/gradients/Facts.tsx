import { TriangleAlert } from 'lucide-react';
import type { TermId } from '../../../src-engine/document/glossary/glossary.ts';
import type { ProbeLayer, ProbesReply, SessionEvents } from '../../../src-engine/session/protocol.ts';
import { formatNumber } from '../../charts/format-number.ts';
import { documentActions, useDocument } from '../../state/document-store.ts';
import { linkPlace } from '../../state/linked-place.ts';
import { useRun } from '../../state/run-store.ts';
import { TermText } from '../glossary/TermText.tsx';
import { causesOf } from './causes.ts';

/** What the run says of its gradients while it trains, and where a number ceased to be finite. */
export function Facts({ layers }: { readonly layers: readonly ProbeLayer[] }): React.JSX.Element {
  const stopped = useRun((run) => run.stopped);
  const clipped = useRun((run) => (run.points === 0 ? null : Math.round(100 * run.series.clippedShare())));
  const largest = useRun((run) => (run.points === 0 ? null : run.largestNorm));
  return (
    <>
      {stopped === null ? null : <Stopped stopped={stopped} layers={layers} />}
      <dl className="facts">
        {clipped === null ? null : <Fact name="updates clipped" value={`${String(clipped)} %`} about="Of the last 200 updates" />}
        {largest === null ? null : (
          <Fact
            name="largest norm"
            value={Number.isFinite(largest) ? formatNumber(largest) : 'not finite'}
            about="Of the whole gradient, before clipping, over all updates so far"
          />
        )}
      </dl>
    </>
  );
}

/** Why a layer's gradient does what it does, in numbers: the gates, the recurrent weight. */
export function Causes({ layer, reply }: { readonly layer: ProbeLayer; readonly reply: ProbesReply | null }): React.JSX.Element {
  return (
    <dl className="facts">
      {causesOf(layer, reply).map(({ name, value, about }) => (
        <Fact key={name} name={name} value={value} about={about} />
      ))}
    </dl>
  );
}

/** Words that the names of the facts hold. */
const FACT_TERMS: readonly TermId[] = ['clipping', 'norm', 'spectral-radius', 'saturated'];

function Fact({ name, value, about }: { readonly name: string; readonly value: string; readonly about: string }): React.JSX.Element {
  return (
    <div title={about}>
      <dt>
        <TermText text={name} terms={FACT_TERMS} />
      </dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Whether a place, `rnn1.weight_hh` or `gru1[0]`, is of the block with this path. */
const owns = (path: string, place: string): boolean => place === path || place.startsWith(`${path}.`) || place.startsWith(`${path}[`);

/** The first number that was not finite, and the way to its place: pointing at it lights it up in every view, pressing it selects its block. */
function Stopped({ stopped, layers }: { readonly stopped: NonNullable<SessionEvents['stopped']>; readonly layers: readonly ProbeLayer[] }): React.JSX.Element {
  const { place, sentence } = stopped;
  const at = layers.findIndex(({ layer }) => owns(layer, place.layer));
  const node = useDocument(({ project }) => project.graph.nodes.find(({ id }) => id === layers[at]?.node || owns(id, place.layer))?.id);
  const light = (): void => {
    if (node !== undefined) linkPlace({ node, t: place.t, lag: null, layer: at === -1 ? null : at });
  };
  const dim = (): void => {
    linkPlace(null);
  };
  return (
    <p className="fact-stopped">
      {sentence}
      {node === undefined ? null : (
        <button
          type="button"
          onMouseEnter={light}
          onMouseLeave={dim}
          onFocus={light}
          onBlur={dim}
          onClick={() => {
            documentActions.select({ nodes: [node] });
          }}
        >
          <TriangleAlert aria-hidden />
          {place.t === null ? place.layer : `${place.layer}:t${String(place.t)}`}
        </button>
      )}
    </p>
  );
}
