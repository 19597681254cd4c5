import { useState } from 'react';
import type { TermId } from '../../../../src-engine/document/glossary/glossary.ts';
import { setTraining } from '../../../../src-engine/document/project-edits.ts';
import type { TrainingSpec } from '../../../../src-engine/document/project.ts';
import { documentActions } from '../../../state/document-store.ts';
import type { NumberRule } from '../../../ui/fields/number-draft.ts';
import { NumberInput } from '../../../ui/fields/NumberInput.tsx';
import { TrainingField } from './TrainingField.tsx';

/** One edit of the training settings, named in the history by its label. */
export function changeTraining(label: string, part: Partial<TrainingSpec>): void {
  documentActions.editProject(label, (project) => setTraining(project, part));
}

export interface TrainingNumberProps {
  readonly label: string;
  readonly value: number;
  readonly rule: NumberRule;
  readonly unit?: string;
  readonly about: string;
  readonly term: TermId;
  readonly onCommit: (value: number) => Partial<TrainingSpec>;
}

/** A number of the training settings. */
export function TrainingNumber({ label, value, rule, unit, about, term, onCommit }: TrainingNumberProps) {
  const [error, setError] = useState<string | null>(null);
  return (
    <TrainingField label={label} term={term} error={error} about={about}>
      {({ control, description }) => (
        <NumberInput
          id={control}
          describedBy={description}
          value={value}
          rule={rule}
          unit={unit}
          onError={setError}
          onCommit={(next) => {
            changeTraining(label, onCommit(next));
          }}
        />
      )}
    </TrainingField>
  );
}
