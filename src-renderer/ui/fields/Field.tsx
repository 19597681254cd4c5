import type { ReactNode } from 'react';
import { useId } from 'react';
import './field.css';

interface FieldProps {
  readonly label: ReactNode;
  /** What is wrong with the value, as a sentence. */
  readonly error?: string | null;
  readonly hint?: string | null;
  /** Shown on hover of the label. */
  readonly about?: string;
  /** Beside the label. */
  readonly help?: ReactNode;
  /** Gets the id to put on the control, and the id of the error or hint for `aria-describedby`. */
  readonly children: (ids: { readonly control: string; readonly description: string | undefined }) => ReactNode;
}

/** A label beside its control, with the error or hint below. */
export function Field({ label, error = null, hint = null, about, help, children }: FieldProps) {
  const control = useId();
  const description = useId();
  const note = error ?? hint;
  return (
    <div className="ui-field">
      <span className="ui-field-name">
        <label className="ui-field-label" htmlFor={control} title={about}>
          {label}
        </label>
        {help}
      </span>
      <div className="ui-field-control">{children({ control, description: note === null ? undefined : description })}</div>
      {note === null ? null : (
        <p id={description} className={error === null ? 'ui-field-hint' : 'ui-field-error'} {...(error === null ? {} : { role: 'alert' })}>
          {note}
        </p>
      )}
    </div>
  );
}
