import type { ComponentProps, ReactNode } from 'react';
import './input.css';

interface TextInputProps extends Omit<ComponentProps<'input'>, 'onChange'> {
  readonly icon?: ReactNode;
  readonly unit?: ReactNode;
  readonly invalid?: boolean;
  readonly onChange: (value: string) => void;
}

/** A line of text in a frame, with an optional picture before it and unit behind it. */
export function TextInput({ icon, unit, invalid = false, onChange, className, ...rest }: TextInputProps) {
  return (
    <span className={`ui-input ${className ?? ''}`} data-invalid={invalid}>
      {icon}
      <input
        aria-invalid={invalid || undefined}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        {...rest}
      />
      {unit === undefined ? null : (
        <span className="ui-input-unit" aria-hidden>
          {unit}
        </span>
      )}
    </span>
  );
}
