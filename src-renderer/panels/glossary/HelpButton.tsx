import { CircleHelp } from 'lucide-react';
import type { TermId } from '../../../src-engine/document/glossary/glossary.ts';
import { TermPopover } from './TermPopover.tsx';

interface HelpButtonProps {
  readonly term: TermId;
  /** What is explained, as its label says. */
  readonly subject: string;
  readonly about?: string | undefined;
  /** Whether the card stands beside the label, so that both can be read, or above the button. */
  readonly place?: 'beside' | 'above';
}

/** Width of a field's label, in pixels. */
const LABEL = 88;

/** The question mark beside a field's label. */
export function HelpButton({ term, subject, about, place = 'beside' }: HelpButtonProps): React.JSX.Element {
  return (
    <TermPopover
      term={term}
      about={about}
      label={`About ${subject}`}
      className="help-button"
      {...(place === 'beside' ? { side: 'left', distance: LABEL } : {})}
    >
      <CircleHelp aria-hidden />
    </TermPopover>
  );
}
