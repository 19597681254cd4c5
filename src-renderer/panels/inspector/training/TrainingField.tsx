import type { ReactNode } from 'react';
import type { TermId } from '../../../../src-engine/document/glossary/glossary.ts';
import { Field } from '../../../ui/fields/Field.tsx';
import { HelpButton } from '../../glossary/HelpButton.tsx';

interface TrainingFieldProps {
  readonly label: string;
  /** The word of the glossary that explains it. */
  readonly term: TermId;
  readonly about: string;
  readonly error?: string | null;
  readonly children: (ids: { readonly control: string; readonly description: string | undefined }) => ReactNode;
}

/** A training setting with its explanation. */
export function TrainingField({ label, term, about, error = null, children }: TrainingFieldProps) {
  return (
    <Field label={label} error={error} about={about} help={<HelpButton term={term} subject={label} about={about} />}>
      {children}
    </Field>
  );
}
