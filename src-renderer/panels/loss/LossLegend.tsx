import { formatLoss } from '../../charts/format-number.ts';
import type { Curve } from './loss-data.ts';
import type { LossPicture } from './overlay-curves.ts';
import { metricName, scoreText, type Metric } from '../score-text.ts';

interface LossLegendProps {
  readonly data: LossPicture;
  /** Index into the data under the pointer; the latest values are shown where it is null. */
  readonly hovered: number | null;
  readonly metric: Metric | null;
}

/** The value of a curve at an index, or the last one before it. */
function valueAt(curve: Curve, index: number): number | null {
  for (let at = Math.min(index, curve.length - 1); at >= 0; at--) {
    const value = curve[at];
    if (typeof value === 'number') return value;
  }
  return null;
}

export function LossLegend({ data, hovered, metric }: LossLegendProps): React.JSX.Element {
  const index = hovered ?? data.step.length - 1;
  const train = valueAt(data.smoothed, index);
  const validation = valueAt(data.validation, index);
  const score = valueAt(data.score, index);
  return (
    <dl className="loss-legend">
      <Entry colour="--out" name="train" value={train === null ? null : formatLoss(train)} />
      <Entry colour="--in" name="validation" value={validation === null ? null : formatLoss(validation)} />
      {metric === null ? null : <Entry colour="--state" long name={metricName(metric)} value={score === null ? null : scoreText(metric, score)} />}
      {hovered !== null ? <Entry name="step" value={(data.step[hovered] ?? 0).toLocaleString('en')} /> : null}
    </dl>
  );
}

/** The kept runs that are drawn over, on a line of their own: there may be five. */
export function OverlayLegend({ data, hovered }: Pick<LossLegendProps, 'data' | 'hovered'>): React.JSX.Element | null {
  if (data.overlays.length === 0) return null;
  const index = hovered ?? data.step.length - 1;
  return (
    <dl className="loss-legend loss-overlays" aria-label="Runs drawn over">
      {data.overlays.map(({ id, name, colour, values }) => {
        const value = valueAt(values, index);
        return <Entry key={id} colour={colour} dashed name={name} value={value === null ? null : formatLoss(value)} />;
      })}
    </dl>
  );
}

interface EntryProps {
  readonly colour?: string;
  /** Of a kept run. */
  readonly dashed?: boolean;
  /** Room for `100.0 %`, so that no line breaks once it is reached. */
  readonly long?: boolean;
  readonly name: string;
  /** Null while there is none yet; the place is kept. */
  readonly value: string | null;
}

function Entry({ colour, dashed = false, long = false, name, value }: EntryProps): React.JSX.Element {
  return (
    <div className="loss-entry" data-long={long}>
      <dt>
        {colour === undefined ? null : <span className="loss-dot" data-dashed={dashed} style={{ background: `var(${colour})` }} />}
        {name}
      </dt>
      <dd>{value ?? '·'}</dd>
    </div>
  );
}
