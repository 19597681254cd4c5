import { useState } from 'react';
import type { ParamValue } from '../../../src-engine/document/project.ts';
import { useDataActions } from '../../state/import/import-context.ts';
import { Field } from '../../ui/fields/Field.tsx';
import { NumberInput } from '../../ui/fields/NumberInput.tsx';
import type { NumberRule } from '../../ui/fields/number-draft.ts';

interface NumberOptionProps {
  /** Its key among the options. */
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly options: Readonly<Record<string, ParamValue>>;
  /** Shown where the data decides; null until it has been read. */
  readonly fallback: number | null;
  readonly rule: NumberRule;
  readonly about: string;
  readonly hint?: string | null;
}

/** One option of imported data that is a number. */
export function NumberOption({ name, label, unit, options, fallback, rule, about, hint = null }: NumberOptionProps): React.JSX.Element {
  const [error, setError] = useState<string | null>(null);
  const actions = useDataActions();
  const value = options[name];
  return (
    <Field label={label} about={about} error={error} hint={hint}>
      {({ control, description }) => (
        <NumberInput
          id={control}
          describedBy={description}
          value={typeof value === 'number' ? value : fallback}
          placeholder="from the data"
          unit={unit}
          rule={rule}
          onError={setError}
          onCommit={(next) => void actions.decide({ [name]: next })}
        />
      )}
    </Field>
  );
}
