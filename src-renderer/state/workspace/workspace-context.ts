import { createContext, useContext } from 'react';
import type { FileActions } from './workspace-files.ts';

const FilesContext = createContext<FileActions | null>(null);

export const FilesProvider = FilesContext.Provider;

export function useFileActions(): FileActions {
  const actions = useContext(FilesContext);
  if (actions === null) throw new Error('useFileActions outside of FilesProvider');
  return actions;
}
