import type { ReactNode } from 'react';
import './button.css';

interface ButtonGroupProps {
  readonly label: string;
  readonly orientation?: 'horizontal' | 'vertical';
  readonly children: ReactNode;
}

/** Buttons joined into one strip, announced as a named group. */
export function ButtonGroup({ label, orientation = 'horizontal', children }: ButtonGroupProps) {
  return (
    <div role="group" aria-label={label} className="ui-button-group" data-orientation={orientation}>
      {children}
    </div>
  );
}
