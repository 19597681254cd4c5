import { scaleGradient } from '../../charts/colour-scale.ts';
import { quantities, type Quantity, type Scale } from './quantities.ts';

/** What the colours mean. */
export function ScaleLegend({ quantity, scale }: { readonly quantity: Quantity; readonly scale: Scale }): React.JSX.Element {
  const values = quantities[quantity].scale;
  const ticks = scale === 'absolute' ? values.ticks : ['row min', 'row max'];
  return (
    <div className="scale-legend" role="img" aria-label={`Colour scale, ${values.name}, from ${ticks[0] ?? ''} to ${ticks.at(-1) ?? ''}`}>
      <div className="scale-name">{values.name}</div>
      <div className="scale-bar" style={{ background: scaleGradient }} />
      <div className="scale-ticks">
        {ticks.map((tick) => (
          <span key={tick}>{tick}</span>
        ))}
      </div>
    </div>
  );
}
