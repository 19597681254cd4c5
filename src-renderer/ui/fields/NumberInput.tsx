import type { KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import { TextInput } from './TextInput.tsx';
import type { NumberRule } from './number-draft.ts';
import { readNumber, stepNumber } from './number-draft.ts';

interface NumberInputProps {
  readonly id?: string;
  readonly label?: string;
  /** Null where it is not known; `placeholder` then says what holds. */
  readonly value: number | null;
  readonly placeholder?: string | undefined;
  readonly rule: NumberRule;
  readonly unit?: ReactNode;
  readonly disabled?: boolean;
  readonly describedBy?: string | undefined;
  /** A valid number, on Enter, on leaving the field, or on an arrow key. */
  readonly onCommit: (value: number) => void;
  /** The sentence to show while what is typed cannot be used; null once it can. */
  readonly onError?: (error: string | null) => void;
}

/** A number one types, or steps with the arrow keys. What is typed is only handed on when it is within bounds; Escape takes it back. */
export function NumberInput({ id, label, value, placeholder, rule, unit, disabled = false, describedBy, onCommit, onError }: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const reading = draft === null ? null : readNumber(draft, rule);
  const change = (text: string | null) => {
    setDraft(text);
    const next = text === null ? null : readNumber(text, rule);
    onError?.(next === null || next.ok ? null : next.error);
  };
  const commit = () => {
    if (reading === null || !reading.ok) return;
    change(null);
    if (reading.value !== value) onCommit(reading.value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      change(null);
    }
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const from = reading?.ok ? reading.value : (value ?? rule.min ?? 0);
    const next = stepNumber(from, event.key === 'ArrowUp' ? 1 : -1, event.shiftKey, rule);
    change(null);
    if (next !== value) onCommit(next);
  };
  return (
    <TextInput
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      inputMode={rule.integer ? 'numeric' : 'decimal'}
      autoComplete="off"
      spellCheck={false}
      disabled={disabled}
      value={draft ?? (value === null ? '' : String(value))}
      placeholder={placeholder}
      unit={unit}
      invalid={reading !== null && !reading.ok}
      onChange={change}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
