import { useSyncExternalStore } from 'react';
import { useWorkspace, workspaceStore, type ThemeChoice } from '../workspace-store.ts';

export type Theme = 'dark' | 'light';

const lightSystem = '(prefers-color-scheme: light)';

function followSystem(changed: () => void): () => void {
  const query = window.matchMedia(lightSystem);
  query.addEventListener('change', changed);
  return () => {
    query.removeEventListener('change', changed);
  };
}

const systemTheme = (): Theme => (window.matchMedia(lightSystem).matches ? 'light' : 'dark');

function resolve(choice: ThemeChoice, system: Theme): Theme {
  return choice === 'system' ? system : choice;
}

/** The theme on the screen: the person's choice, or the system's. */
export function useTheme(): Theme {
  const choice = useWorkspace((workspace) => workspace.theme);
  return resolve(choice, useSyncExternalStore(followSystem, systemTheme));
}

/** Puts the theme on the page, now and at every change. */
export function applyTheme(root: HTMLElement): void {
  const apply = (): void => {
    root.dataset['theme'] = resolve(workspaceStore.getState().theme, systemTheme());
  };
  apply();
  workspaceStore.subscribe(apply);
  followSystem(apply);
}
