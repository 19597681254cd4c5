import { TERMS, isTermId, type TermId } from '../../../src-engine/document/glossary/glossary.ts';
import { TermSymbol } from './TermSymbol.tsx';

interface TermCardProps {
  readonly id: TermId;
  /** What the field does that the word was opened from. */
  readonly about?: string | undefined;
  readonly onTerm: (id: TermId) => void;
  readonly onAll: () => void;
}

/** One word with its symbol and meaning, the words next to it, and the way to all of them. */
export function TermCard({ id, about, onTerm, onAll }: TermCardProps): React.JSX.Element {
  const { name, symbol, meaning, see } = TERMS[id];
  return (
    <>
      <div className="term-head">
        <h3>{name}</h3>
        {symbol === null ? null : <TermSymbol key={symbol} tex={symbol} />}
      </div>
      {about === undefined ? null : <p className="term-about">{about}</p>}
      <p className="term-meaning">{meaning}</p>
      <p className="term-see">
        <span>See also</span>
        {see.filter(isTermId).map((other) => (
          <button
            key={other}
            type="button"
            onClick={() => {
              onTerm(other);
            }}
          >
            {TERMS[other].name}
          </button>
        ))}
        <button type="button" className="term-all" onClick={onAll}>
          All words
        </button>
      </p>
    </>
  );
}
