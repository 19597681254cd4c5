import './bars.css';

export interface Bar {
  readonly count: number;
  /** What it counts, as a person reads it: `12 to 15 letters`. */
  readonly name: string;
}

interface BarsProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** Written under the first and the last bar. */
  readonly ends: readonly [string, string];
}

/** A histogram that fills its box. */
export function Bars({ label, bars, ends }: BarsProps): React.JSX.Element {
  const most = bars.reduce((max, { count }) => Math.max(max, count), 1);
  return (
    <div className="bars" role="img" aria-label={label}>
      <div className="bars-plot" aria-hidden>
        {bars.map(({ count, name }, index) => (
          <span key={`${index} ${name}`} title={`${name}: ${count.toLocaleString('en')}`}>
            <i style={{ height: `${(count / most) * 100}%` }} data-some={count > 0} />
          </span>
        ))}
      </div>
      <p aria-hidden>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </p>
    </div>
  );
}
