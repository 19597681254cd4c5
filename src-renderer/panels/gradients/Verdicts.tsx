import { Activity, TrendingDown, TrendingUp } from 'lucide-react';
import type { TermId } from '../../../src-engine/document/glossary/glossary.ts';
import type { ProbeLayer, ProbesReply } from '../../../src-engine/session/protocol.ts';
import type { DecayFit, DecayVerdict } from '../../../src-engine/analyze/decay-fit.ts';
import { useRun } from '../../state/run-store.ts';
import { TermText } from '../glossary/TermText.tsx';
import { Causes, Facts } from './Facts.tsx';
import { ForkResult } from './ForkResult.tsx';
import { layerLabel } from './gradient-rows.ts';
import { Remedies } from './Remedies.tsx';
import { stoppedText, verdictText, type VerdictText } from './verdict-text.ts';

const icons: Readonly<Record<DecayVerdict, React.JSX.Element>> = {
  vanishing: <TrendingDown aria-hidden />,
  healthy: <Activity aria-hidden />,
  exploding: <TrendingUp aria-hidden />,
};

interface VerdictsProps {
  readonly layers: readonly ProbeLayer[];
  /** One per layer, null where there is nothing to fit. */
  readonly fits: readonly (DecayFit | null)[];
  readonly chosen: number;
  /** The latest probes; null before somebody asked for any. */
  readonly reply: ProbesReply | null;
  readonly onChoose: (layer: number) => void;
}

/** What the decay of the chosen layer's gradient means, and the verdicts of all. What comes and goes with the verdict stands below what does not. */
export function Verdicts({ layers, fits, chosen, reply, onChoose }: VerdictsProps): React.JSX.Element {
  const stopped = useRun((run) => run.stopped);
  const fit = fits[chosen] ?? null;
  const chosenLayer = layers[chosen];
  // Where a number has overflowed there may be nothing left to fit: that is an explosion all the same.
  const verdict = fit?.verdict ?? (stopped === null ? null : 'exploding');
  const text = fit === null ? (stopped === null ? null : stoppedText) : verdictText(fit);
  return (
    <aside className="verdict" aria-label="Diagnosis">
      <ForkResult />
      {verdict === null || text === null ? <p className="mute">Too few steps carry a gradient to fit its decay.</p> : <Verdict verdict={verdict} text={text} />}
      <Facts layers={layers} />
      {layers.length > 1 ? <Layers layers={layers} fits={fits} chosen={chosen} onChoose={onChoose} /> : null}
      {chosenLayer === undefined || verdict === null ? null : <Remedies layer={chosenLayer} at={chosen} verdict={verdict} />}
      {chosenLayer === undefined ? null : <Causes layer={chosenLayer} reply={reply} />}
    </aside>
  );
}

const VERDICT_TERMS: readonly TermId[] = ['vanishing-gradient', 'exploding-gradient', 'healthy-gradient'];
const SENTENCE_TERMS: readonly TermId[] = ['factor-per-step', 'half-life'];
const CONSEQUENCE_TERMS: readonly TermId[] = ['clipping', 'learning-rate'];

function Verdict({ verdict, text }: { readonly verdict: DecayVerdict; readonly text: VerdictText }): React.JSX.Element {
  return (
    <>
      <span className="verdict-pill" data-verdict={verdict}>
        {icons[verdict]}
        <TermText text={text.title} terms={VERDICT_TERMS} />
      </span>
      <p className="verdict-sentence">
        <TermText text={text.sentence} terms={SENTENCE_TERMS} />
      </p>
      <p className="verdict-consequence">
        <TermText text={text.consequence} terms={CONSEQUENCE_TERMS} />
      </p>
    </>
  );
}

function Layers({ layers, fits, chosen, onChoose }: Omit<VerdictsProps, 'reply'>): React.JSX.Element {
  return (
    <ul className="verdict-layers" aria-label="Layers">
      {layers.map((layer, index) => (
        <li key={layerLabel(layer)}>
          <button
            type="button"
            aria-pressed={index === chosen}
            onClick={() => {
              onChoose(index);
            }}
          >
            <span className="mono">{layerLabel(layer)}</span>
            <span className="mono" data-verdict={fits[index]?.verdict}>
              {fits[index]?.factorPerStep.toFixed(2) ?? '·'}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
