import { scaleGradient, scaleTicks } from '../../charts/colour-scale.ts';
import { formatPower } from '../../charts/format-number.ts';
import type { Scale } from './gradient-rows.ts';

/** What the colours mean. */
export function ScaleLegend({ scale }: { readonly scale: Scale }): React.JSX.Element {
  const ticks = scale === 'absolute' ? scaleTicks.map(formatPower) : ['row min', 'row max'];
  return (
    <div className="scale-legend" role="img" aria-label={`Colour scale, logarithmic, from ${ticks[0] ?? ''} to ${ticks.at(-1) ?? ''}`}>
      <div className="scale-bar" style={{ background: scaleGradient }} />
      <div className="scale-ticks">
        {ticks.map((tick) => (
          <span key={tick}>{tick}</span>
        ))}
      </div>
    </div>
  );
}
