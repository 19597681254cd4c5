import { useRef, useState } from 'react';
import { TERMS, type TermId } from '../../../src-engine/document/glossary/glossary.ts';
import { PopoverButton } from '../../ui/popups/PopoverButton.tsx';
import { openGlossary } from './open-glossary.ts';
import { TermCard } from './TermCard.tsx';
import './glossary.css';

interface TermPopoverProps {
  readonly term: TermId;
  readonly about?: string | undefined;
  /** Of the button, e.g. `About Units`. */
  readonly label: string;
  readonly className: string;
  readonly side?: 'left' | 'top';
  readonly distance?: number;
  readonly children: React.ReactNode;
}

/** A button that explains a word in a card beside it. Escape and a press outside close it, and the focus goes back to where it was. */
export function TermPopover({ term, about, label, className, side = 'top', distance = 8, children }: TermPopoverProps): React.JSX.Element {
  const [shown, setShown] = useState<TermId | null>(null);
  const wanted = useRef<TermId | null>(null);
  const card = useRef<HTMLDivElement>(null);
  const current = shown ?? term;
  return (
    <PopoverButton
      open={shown !== null}
      onOpenChange={(open) => {
        setShown(open ? term : null);
      }}
      onClosed={() => {
        if (wanted.current !== null) openGlossary(wanted.current);
        wanted.current = null;
      }}
      label={label}
      cardLabel={TERMS[current].name}
      cardRef={card}
      className={className}
      side={side}
      distance={distance}
      button={children}
    >
      <TermCard
        id={current}
        about={current === term ? about : undefined}
        onTerm={(other) => {
          setShown(other);
          card.current?.focus();
        }}
        onAll={() => {
          wanted.current = current;
          setShown(null);
        }}
      />
    </PopoverButton>
  );
}
