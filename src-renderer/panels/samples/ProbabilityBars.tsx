import type { JsonNumber } from '../../../src-engine/session/protocol.ts';
import { formatShare } from '../../charts/format-number.ts';
import { barsPicture } from '../../charts/pictures/bars-picture.ts';
import { PictureMenu } from '../../charts/pictures/PictureMenu.tsx';
import type { Picture } from '../../charts/pictures/picture.ts';
import { visible } from '../data/visible-token.ts';

interface RankedEntry {
  readonly name: string;
  readonly probability: JsonNumber;
}

interface ProbabilityBarsProps {
  readonly label: string;
  readonly entries: readonly RankedEntry[];
  /** Where given, a bar can be chosen. */
  readonly chosen?: string | null;
  readonly onChoose?: (name: string) => void;
}

/** Likeliest first, with a bar as long as the probability. */
export function ProbabilityBars({ label, entries, chosen = null, onChoose }: ProbabilityBarsProps): React.JSX.Element {
  return (
    <div className="probability-box">
      <ol className="probability-bars" aria-label={label}>
        {entries.map((entry) => (
          <li key={entry.name} data-chosen={entry.name === chosen}>
            {onChoose === undefined ? (
              <BarRow entry={entry} />
            ) : (
              <button
                type="button"
                aria-pressed={entry.name === chosen}
                title={`What speaks for ${entry.name}`}
                onClick={() => {
                  onChoose(entry.name);
                }}
              >
                <BarRow entry={entry} />
              </button>
            )}
          </li>
        ))}
      </ol>
      {entries.length === 0 ? null : <PictureMenu label={`Save: ${label}`} picture={probabilityPicture(label, entries)} />}
    </div>
  );
}

function probabilityPicture(label: string, entries: readonly RankedEntry[]): Picture {
  const bars = (colour: (variable: string) => string) =>
    entries.map(({ name, probability }) => ({
      name: visible(name),
      pieces: [{ value: typeof probability === 'number' ? probability : 0, colour: colour('--accent') }],
      text: formatShare(probability),
    }));
  return barsPicture('probabilities', label, bars, { columns: ['name', 'probability'], rows: entries.map(({ name, probability }) => [name, probability]) });
}

function BarRow({ entry: { name, probability } }: { readonly entry: RankedEntry }): React.JSX.Element {
  return (
    <span className="probability-row">
      <span className="probability-name">{visible(name)}</span>
      <span className="probability-track" aria-hidden>
        <i style={{ width: `${typeof probability === 'number' ? probability * 100 : 0}%` }} />
      </span>
      <span className="mono probability-value">{formatShare(probability)}</span>
    </span>
  );
}
