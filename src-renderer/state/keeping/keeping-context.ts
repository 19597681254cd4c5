import { createContext, useContext } from 'react';
import type { KeepingActions } from './keeping-actions.ts';

const KeepingContext = createContext<KeepingActions | null>(null);

export const KeepingProvider = KeepingContext.Provider;

export function useKeepingActions(): KeepingActions {
  const actions = useContext(KeepingContext);
  if (actions === null) throw new Error('useKeepingActions outside of KeepingProvider');
  return actions;
}
