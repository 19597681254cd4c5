import type { ReactNode } from 'react';
import { Dialog as Radix } from 'radix-ui';
import { X } from 'lucide-react';
import { useFocusReturn } from './use-focus-return.ts';
import './dialog.css';

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the main one last. */
  readonly actions?: ReactNode;
  readonly size?: 'normal' | 'wide';
}

/** A modal question or form. Escape and the backdrop close it. */
export function Dialog({ open, onOpenChange, title, description, children, actions, size = 'normal' }: DialogProps) {
  const focusReturn = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="ui-dialog-overlay" />
        <Radix.Content className="ui-dialog" data-size={size} {...focusReturn} {...(description === undefined ? { 'aria-describedby': undefined } : {})}>
          <Radix.Title className="ui-dialog-title">{title}</Radix.Title>
          {description === undefined ? null : <Radix.Description className="ui-dialog-description">{description}</Radix.Description>}
          {children}
          {actions === undefined ? null : <div className="ui-dialog-actions">{actions}</div>}
          <Radix.Close className="ui-dialog-close" aria-label="Close">
            <X aria-hidden />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
