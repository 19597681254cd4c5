import type { ReactNode } from 'react';
import './section-title.css';

interface SectionTitleProps {
  readonly children: ReactNode;
  readonly aside?: ReactNode;
  /** Beside the words. */
  readonly help?: ReactNode;
}

/** A small heading over a group of fields or rows, with an optional figure beside it. */
export function SectionTitle({ children, aside, help }: SectionTitleProps) {
  return (
    <h3 className="ui-section-title">
      {help === undefined ? (
        children
      ) : (
        <span className="ui-section-name">
          {children}
          {help}
        </span>
      )}
      {aside === undefined ? null : <span className="ui-section-aside">{aside}</span>}
    </h3>
  );
}
