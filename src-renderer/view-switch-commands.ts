import type { Command } from './state/commands.ts';
import { isHidden } from './state/lesson-store.ts';
import { workspaceStore, type WorkspaceData } from './state/workspace-store.ts';
import { unrolledStore } from './state/unrolled-store.ts';

/** What the middle of the window shows. */
export function viewSwitchCommands(): readonly Command[] {
  const inProject = (): boolean => !workspaceStore.getState().galleryOpen;
  const show = (view: WorkspaceData['view']) => () => {
    workspaceStore.setState({ view });
  };
  const group = 'View';
  return [
    { id: 'view.design', title: 'Show the design', group, shortcuts: ['Shift+d'], enabled: inProject, run: show('design') },
    { id: 'view.unrolled', title: 'Show the model unrolled over time', group, shortcuts: ['Shift+u'], enabled: inProject, run: show('unrolled') },
    { id: 'view.code', title: 'Show the code', group, shortcuts: ['Shift+c'], enabled: () => inProject() && !isHidden('code'), run: show('code') },
    {
      id: 'view.debugger',
      title: 'Walk through one example, forward and backward',
      group,
      shortcuts: [],
      enabled: inProject,
      run: () => {
        unrolledStore.setState({ mode: 'example' });
        workspaceStore.setState({ view: 'unrolled' });
      },
    },
  ];
}
