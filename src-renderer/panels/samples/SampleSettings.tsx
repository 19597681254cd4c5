import { useId } from 'react';
import { samplesStore, useSamples } from '../../state/samples-store.ts';
import { NumberInput } from '../../ui/fields/NumberInput.tsx';
import { Select } from '../../ui/fields/Select.tsx';

const ALL = 'all';
const TOP = [ALL, '1', '3', '5', '10', '20', '50', '100'].map((value) => ({ value, label: value === ALL ? 'all' : value }));

/** How long a text is written, and how boldly. Nothing here changes the weights. */
export function SampleSettings({ unit }: { readonly unit: 'word' | 'character' }): React.JSX.Element {
  const ids = { length: useId(), temperature: useId(), top: useId() };
  const length = useSamples((samples) => samples.length);
  const temperature = useSamples((samples) => samples.temperature);
  const topK = useSamples((samples) => samples.topK);
  return (
    <>
      <span className="given-field" title={`${unit}s to write`}>
        <label htmlFor={ids.length}>Length</label>
        <span className="given-small">
          <NumberInput
            id={ids.length}
            value={length}
            rule={{ min: 1, max: 1000, integer: true }}
            onCommit={(value) => {
              samplesStore.setState({ length: value });
            }}
          />
        </span>
      </span>
      <span className="given-field" title="0 takes the likeliest each time, 1 draws by the probabilities, more draws more boldly">
        <label htmlFor={ids.temperature}>Temperature</label>
        <span className="given-small">
          <NumberInput
            id={ids.temperature}
            value={temperature}
            rule={{ min: 0, max: 10 }}
            onCommit={(value) => {
              samplesStore.setState({ temperature: value });
            }}
          />
        </span>
      </span>
      <span className="given-field" title={`Only so many of the likeliest ${unit}s are drawn from`}>
        <label htmlFor={ids.top}>Top-k</label>
        <span className="given-small">
          <Select
            id={ids.top}
            value={topK === null ? ALL : String(topK)}
            options={TOP}
            onChange={(value) => {
              samplesStore.setState({ topK: value === ALL ? null : Number(value) });
            }}
          />
        </span>
      </span>
    </>
  );
}
