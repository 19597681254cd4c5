import type { ReactNode } from 'react';
import './kbd.css';

/** A key or chord, as written on the keyboard. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return <kbd className="ui-kbd">{children}</kbd>;
}
