import { createContext, useContext } from 'react';
import type { RunActions } from './run-actions.ts';

const RunContext = createContext<RunActions | null>(null);

export const RunProvider = RunContext.Provider;

/** What the window can ask of training. */
export function useRunActions(): RunActions {
  const actions = useContext(RunContext);
  if (actions === null) throw new Error('useRunActions outside of RunProvider');
  return actions;
}
