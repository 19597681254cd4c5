import { useId } from 'react';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { DataSummary } from '../../../src-engine/session/protocol.ts';
import { setTyped, useTyped } from '../../state/samples-store.ts';
import { NumberInput } from '../../ui/fields/NumberInput.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { useTypedText } from './use-given.ts';

interface GivenFieldProps {
  readonly label: string;
  readonly signature: DataSignature;
  readonly data: DataSummary;
}

/** Where one types the text to look at, or chooses an example of the test part where the model reads numbers. */
export function GivenField({ label, signature, data }: GivenFieldProps): React.JSX.Element {
  const id = useId();
  const text = useTypedText(signature, data);
  const example = useTyped('example');
  if (signature.input.kind === 'tokens') {
    return (
      <span className="given-field given-text">
        <label htmlFor={id}>{label}</label>
        <TextInput
          id={id}
          value={text}
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          onChange={(typed) => {
            setTyped({ text: typed });
          }}
        />
      </span>
    );
  }
  const most = Math.max(1, data.counts.test);
  return (
    <span className="given-field">
      <label htmlFor={id}>Test example</label>
      <span className="given-number">
        <NumberInput
          id={id}
          value={Math.min(example, most)}
          rule={{ min: 1, max: most, integer: true }}
          unit={`of ${most.toLocaleString('en')}`}
          onCommit={(value) => {
            setTyped({ example: value, vector: null });
          }}
        />
      </span>
    </span>
  );
}
