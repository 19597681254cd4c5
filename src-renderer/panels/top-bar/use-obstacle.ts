import { useDocument } from '../../state/document-store.ts';

/** Why the drawing cannot be trained, or null. */
export type Obstacle = 'empty' | 'problems' | 'data' | null;

export function useObstacle(): Obstacle {
  return useDocument(({ checked, project }) => {
    if (project.graph.nodes.length === 0) return 'empty';
    if (!checked.ok) return 'problems';
    return project.data === null ? 'data' : null;
  });
}
