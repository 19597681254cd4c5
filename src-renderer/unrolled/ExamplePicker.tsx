import { RefreshCw } from 'lucide-react';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import type { DataSummary } from '../../src-engine/session/protocol.ts';
import { chooseExample, useUnrolled } from '../state/unrolled-store.ts';
import { Button } from '../ui/Button.tsx';
import { NumberInput } from '../ui/fields/NumberInput.tsx';
import { Select } from '../ui/fields/Select.tsx';
import { TextInput } from '../ui/fields/TextInput.tsx';
import { canType, countOf } from './use-given-example.ts';

interface ExamplePickerProps {
  readonly signature: DataSignature;
  readonly data: DataSummary;
  /** Updates made when the example was measured, where the weights have changed since. */
  readonly staleSince: number | null;
  readonly onRefresh: () => void;
}

const PARTS = [
  { value: 'train', label: 'training' },
  { value: 'validation', label: 'validation' },
  { value: 'test', label: 'test' },
] as const;
const TYPED = { value: 'typed', label: 'type your own' } as const;

/** Which example is walked through. */
export function ExamplePicker({ signature, data, staleSince, onRefresh }: ExamplePickerProps): React.JSX.Element {
  const wanted = useUnrolled((unrolled) => unrolled.part);
  const example = useUnrolled((unrolled) => unrolled.example);
  const text = useUnrolled((unrolled) => unrolled.text);
  const part = wanted === 'typed' && !canType(signature) ? 'train' : wanted;
  const options = canType(signature) ? [...PARTS, TYPED] : PARTS;
  return (
    <div className="unrolled-example">
      <span className="unrolled-part">
        <Select
          label="Part of the data"
          value={part}
          options={options}
          onChange={(value) => {
            const found = options.find((option) => option.value === value);
            if (found !== undefined) chooseExample({ part: found.value, example: 1 });
          }}
        />
      </span>
      {part === 'typed' ? (
        <span className="unrolled-typed">
          <TextInput
            aria-label="Your own text"
            value={text ?? data.samples[0]?.text ?? ''}
            maxLength={2000}
            autoComplete="off"
            spellCheck={false}
            onChange={(typed) => {
              chooseExample({ text: typed });
            }}
          />
        </span>
      ) : (
        <span className="unrolled-number">
          <NumberInput
            label="Example"
            value={Math.min(example, countOf(data, part))}
            rule={{ min: 1, max: countOf(data, part), integer: true }}
            unit={`of ${countOf(data, part).toLocaleString('en')}`}
            onCommit={(value) => {
              chooseExample({ example: value });
            }}
          />
        </span>
      )}
      {staleSince === null ? null : (
        <Button size="small" icon={<RefreshCw aria-hidden />} title="Measure this example with the weights of now" onClick={onRefresh}>
          weights of step {staleSince.toLocaleString('en')}
        </Button>
      )}
    </div>
  );
}
