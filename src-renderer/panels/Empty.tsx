import type { ReactNode } from 'react';
import './empty.css';

interface EmptyProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** What will appear here, and how to make it. */
  readonly children: ReactNode;
}

/** What a panel shows before it has anything to show. */
export function Empty({ icon, title, children }: EmptyProps): React.JSX.Element {
  return (
    <div className="empty">
      <span className="empty-icon" aria-hidden>
        {icon}
      </span>
      <p className="empty-title">{title}</p>
      <p className="empty-text">{children}</p>
    </div>
  );
}
