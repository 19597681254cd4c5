import type { ComponentProps, ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Tooltip } from './popups/Tooltip.tsx';

interface IconButtonProps extends Omit<ComponentProps<typeof Button>, 'children' | 'icon'> {
  /** The accessible name, also the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown behind the label in the tooltip, e.g. `Ctrl Z`. */
  readonly shortcut?: string | null;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A button that shows only a picture. A disabled one stays focusable, so that its tooltip can be read. */
export function IconButton({ label, icon, shortcut = null, side = 'bottom', className, disabled, onClick, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut} side={side}>
      <Button
        aria-label={label}
        aria-disabled={disabled || undefined}
        className={`ui-button-icon ${className ?? ''}`}
        icon={icon}
        onClick={disabled ? undefined : onClick}
        {...rest}
      />
    </Tooltip>
  );
}
