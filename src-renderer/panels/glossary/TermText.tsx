import type { TermId } from '../../../src-engine/document/glossary/glossary.ts';
import { splitTerms } from './split-terms.ts';
import { TermPopover } from './TermPopover.tsx';

/** A sentence in which the first mention of each of the given words explains itself when it is pressed. */
export function TermText({ text, terms }: { readonly text: string; readonly terms: readonly TermId[] }): React.JSX.Element {
  return (
    <>
      {splitTerms(text, terms).map((part) =>
        part.term === null ? (
          part.text
        ) : (
          <TermPopover key={part.term} term={part.term} label={`${part.text}: what it means`} className="term-link">
            {part.text}
          </TermPopover>
        ),
      )}
    </>
  );
}
