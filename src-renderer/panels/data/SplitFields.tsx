import { useState } from 'react';
import type { DataSpec, SplitSpec } from '../../../src-engine/document/project.ts';
import { setData } from '../../../src-engine/document/project-edits.ts';
import { documentActions } from '../../state/document-store.ts';
import { Field } from '../../ui/fields/Field.tsx';
import { NumberInput } from '../../ui/fields/NumberInput.tsx';
import type { NumberRule } from '../../ui/fields/number-draft.ts';
import { SectionTitle } from '../../ui/SectionTitle.tsx';

const SHARE: NumberRule = { min: 1, max: 60 };
const SEED: NumberRule = { min: 0, max: 4294967295, integer: true };

/** Percent, without the noise of binary fractions. */
function percent(share: number): number {
  return Number((share * 100).toPrecision(6));
}

function share(value: number): number {
  return Number((value / 100).toPrecision(6));
}

/** How the rows are divided. What is not kept for validation and test is trained on, so that the parts always add up. */
export function SplitFields({ data }: { readonly data: DataSpec }): React.JSX.Element {
  const { split } = data;
  const change = (label: string, next: Partial<SplitSpec>): void => {
    const merged = { ...split, ...next };
    const train = Number((1 - merged.validation - merged.test).toPrecision(6));
    documentActions.editProject(label, (project) => setData(project, { ...data, split: { ...merged, train } }));
  };
  return (
    <>
      <SectionTitle aside={`${percent(split.train)} % to train`}>Split</SectionTitle>
      <NumberField
        label="Validation"
        unit="%"
        value={percent(split.validation)}
        rule={SHARE}
        about="Watched while training; decides about early stopping."
        onCommit={(value) => {
          change('Validation share', { validation: share(value) });
        }}
      />
      <NumberField
        label="Test"
        unit="%"
        value={percent(split.test)}
        rule={{ ...SHARE, max: Math.min(60, 99 - percent(split.validation)) }}
        about="Looked at once, at the end."
        onCommit={(value) => {
          change('Test share', { test: share(value) });
        }}
      />
      <NumberField
        label="Seed"
        value={split.seed}
        rule={SEED}
        about="Which examples fall into which part. A series is split by time whatever the seed."
        onCommit={(seed) => {
          change('Seed of the split', { seed });
        }}
      />
    </>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly unit?: string;
  readonly value: number;
  readonly rule: NumberRule;
  readonly about: string;
  readonly onCommit: (value: number) => void;
}

function NumberField({ label, unit, value, rule, about, onCommit }: NumberFieldProps): React.JSX.Element {
  const [error, setError] = useState<string | null>(null);
  return (
    <Field label={label} about={about} error={error}>
      {({ control, description }) => (
        <NumberInput id={control} describedBy={description} value={value} rule={rule} unit={unit} onCommit={onCommit} onError={setError} />
      )}
    </Field>
  );
}
