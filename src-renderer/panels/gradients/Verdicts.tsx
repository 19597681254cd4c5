import { Activity, TrendingDown, TrendingUp } from 'lucide-react';
import type { ProbeLayer, ProbesReply } from '../../../src-engine/session/protocol.ts';
import type { DecayFit, DecayVerdict } from '../../charts/decay-fit.ts';
import { Facts } from './Facts.tsx';
import { ForkResult, Remedies } from './Remedies.tsx';
import { layerLabel } from './gradient-rows.ts';
import { verdictText } from './verdict-text.ts';

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

/** What the decay of the chosen layer's gradient means, and the verdicts of all. */
export function Verdicts({ layers, fits, chosen, reply, onChoose }: VerdictsProps): React.JSX.Element {
  const fit = fits[chosen] ?? null;
  const chosenLayer = layers[chosen];
  const text = fit === null ? null : verdictText(fit);
  return (
    <aside className="verdict" aria-label="Diagnosis">
      {fit === null || text === null ? (
        <p className="mute">Too few steps carry a gradient to fit its decay.</p>
      ) : (
        <>
          <span className="verdict-pill" data-verdict={fit.verdict}>
            {icons[fit.verdict]}
            {text.title}
          </span>
          <p className="verdict-sentence">{text.sentence}</p>
          <p className="verdict-consequence">{text.consequence}</p>
        </>
      )}
      {chosenLayer === undefined || fit === null ? null : <Remedies layer={chosenLayer} at={chosen} verdict={fit.verdict} />}
      <ForkResult />
      {chosenLayer === undefined ? null : <Facts layer={chosenLayer} reply={reply} />}
      {layers.length > 1 ? (
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
      ) : null}
    </aside>
  );
}
