import type { ReactNode } from 'react';
import './section-title.css';

/** A small heading over a group of fields or rows, with an optional figure beside it. */
export function SectionTitle({ children, aside }: { readonly children: ReactNode; readonly aside?: ReactNode }) {
  return (
    <h3 className="ui-section-title">
      {children}
      {aside === undefined ? null : <span className="ui-section-aside">{aside}</span>}
    </h3>
  );
}
