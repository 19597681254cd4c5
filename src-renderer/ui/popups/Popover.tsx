import type { ReactNode } from 'react';
import { Popover as Radix } from 'radix-ui';
import './popover.css';

interface PopoverProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly label: string;
  /** Where it points, in pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
  readonly role?: 'dialog' | 'alertdialog';
  readonly children: ReactNode;
}

/** A small card that points at a place rather than at a control. Escape and a press outside close it. */
export function Popover({ open, onOpenChange, label, at, role = 'dialog', children }: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Anchor className="ui-popover-anchor" style={{ left: at.x, top: at.y }} />
      <Radix.Portal>
        <Radix.Content className="ui-popup ui-popover" role={role} aria-label={label} sideOffset={10} collisionPadding={10}>
          {children}
          <Radix.Arrow className="ui-popover-arrow" />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
