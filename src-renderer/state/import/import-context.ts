import { createContext, useContext } from 'react';
import type { ImportActions } from './import-actions.ts';
import type { LocateActions } from './locate-actions.ts';

export type DataActions = ImportActions & LocateActions;

const DataContext = createContext<DataActions | null>(null);

export const DataProvider = DataContext.Provider;

export function useDataActions(): DataActions {
  const actions = useContext(DataContext);
  if (actions === null) throw new Error('useDataActions outside of DataProvider');
  return actions;
}
