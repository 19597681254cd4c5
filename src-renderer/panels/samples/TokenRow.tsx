import { useRef, useState } from 'react';
import { visible } from '../data/visible-token.ts';
import './token-row.css';

export interface ShownToken {
  readonly text: string;
  readonly known: boolean;
  /** -1 to 1: how strongly it is tinted, blue above zero, orange below. */
  readonly tint: number;
  /** Written under it. */
  readonly below?: string;
  /** What is said of it, with its number. */
  readonly about: string;
}

interface TokenRowProps {
  readonly label: string;
  readonly tokens: readonly ShownToken[];
  readonly cursor: number | null;
  /** The token under the pointer or the focus; null when neither is here. */
  readonly onCursor: (index: number | null) => void;
  /** Kept in sight when the pointer leaves. */
  readonly chosen?: number | null;
  readonly onChoose?: (index: number) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/** A text token by token; one stop of the Tab key, arrows go from token to token. */
export function TokenRow({ label, tokens, cursor, onCursor, chosen = null, onChoose }: TokenRowProps): React.JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const press = (event: React.KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(tokens.length - 1, Math.max(0, stop + step));
    const button = list.current?.children.item(next);
    if (button instanceof HTMLElement) button.focus();
  };
  const tight = tokens.every(({ text }) => [...text].length <= 1);
  return (
    <div ref={list} className="token-row" role="group" aria-label={label} data-tight={tight} onKeyDown={press}>
      {tokens.map((token, index) => (
        <button
          key={index}
          type="button"
          className="token"
          tabIndex={index === Math.min(stop, tokens.length - 1) ? 0 : -1}
          aria-pressed={onChoose === undefined ? undefined : index === chosen}
          data-at={index === cursor}
          data-known={token.known}
          data-sign={token.tint < 0 ? 'negative' : 'positive'}
          style={{ '--strength': Math.min(1, Math.abs(token.tint)).toFixed(3) } as React.CSSProperties}
          onMouseEnter={() => {
            onCursor(index);
          }}
          onMouseLeave={() => {
            onCursor(null);
          }}
          onFocus={() => {
            setStop(index);
            onCursor(index);
          }}
          onBlur={() => {
            onCursor(null);
          }}
          onClick={() => onChoose?.(index)}
        >
          <span className="token-text">{visible(token.text)}</span>
          {token.below === undefined ? null : (
            <span className="token-below" aria-hidden>
              {token.below}
            </span>
          )}
          <span className="visually-hidden">: {token.about}</span>
        </button>
      ))}
    </div>
  );
}
