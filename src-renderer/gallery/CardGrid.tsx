import type { KeyboardEvent, ReactNode } from 'react';
import { nextBox } from './arrow-keys.ts';

/** Cards in rows; the arrow keys, Home and End walk through them. */
export function CardGrid({ label, children }: { readonly label: string; readonly children: ReactNode }): React.JSX.Element {
  const walk = (event: KeyboardEvent<HTMLUListElement>): void => {
    const cards = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
    const from = cards.findIndex((card) => card === document.activeElement);
    const to = nextBox(
      cards.map((card) => card.getBoundingClientRect()),
      from,
      event.key,
    );
    const card = to === null ? undefined : cards[to];
    if (card === undefined) return;
    event.preventDefault();
    card.focus();
    card.scrollIntoView({ block: 'nearest' });
  };
  return (
    <ul className="gallery-cards" aria-label={label} onKeyDown={walk}>
      {children}
    </ul>
  );
}
