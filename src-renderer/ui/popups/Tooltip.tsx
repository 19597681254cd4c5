import type { ReactNode } from 'react';
import { Tooltip as Radix } from 'radix-ui';
import { Kbd } from '../Kbd.tsx';
import './tooltip.css';

interface TooltipProps {
  readonly label: ReactNode;
  readonly shortcut?: string | null;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that accepts a ref. */
  readonly children: ReactNode;
}

/** Once, around the whole window. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={450} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}

/** A short note on hover and focus. Never the only place where something is said. */
export function Tooltip({ label, shortcut = null, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="ui-tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {label}
          {shortcut === null ? null : <Kbd>{shortcut}</Kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
