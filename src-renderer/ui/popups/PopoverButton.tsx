import type { ReactNode, Ref } from 'react';
import { Popover as Radix } from 'radix-ui';
import { useFocusReturn } from './use-focus-return.ts';
import './popover.css';

interface PopoverButtonProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** After the focus has gone back to where it was before. */
  readonly onClosed: () => void;
  readonly label: string;
  readonly cardLabel: string;
  readonly cardRef: Ref<HTMLDivElement>;
  readonly className: string;
  readonly side: 'left' | 'top';
  /** Pixels between the button and its card. */
  readonly distance: number;
  /** What the button shows. */
  readonly button: ReactNode;
  readonly children: ReactNode;
}

/** A button with a small card beside it. Escape and a press outside close the card. */
export function PopoverButton({ open, onOpenChange, onClosed, label, cardLabel, cardRef, className, side, distance, button, children }: PopoverButtonProps) {
  const focusReturn = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger className={className} aria-label={label}>
        {button}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          ref={cardRef}
          className="ui-popup ui-popover"
          aria-label={cardLabel}
          side={side}
          sideOffset={distance}
          collisionPadding={10}
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            focusReturn.onOpenAutoFocus();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onCloseAutoFocus={(event) => {
            focusReturn.onCloseAutoFocus(event);
            onClosed();
          }}
        >
          {children}
          <Radix.Arrow className="ui-popover-arrow" />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
