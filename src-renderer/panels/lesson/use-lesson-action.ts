import { gradientRemedies, type GradientRemedy } from '../../../src-engine/document/remedies/gradient-remedies.ts';
import type { LessonAction } from '../../../src-engine/document/lesson.ts';
import type { NodeId, Project } from '../../../src-engine/document/project.ts';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import { runCommand } from '../../state/commands.ts';
import { documentActions, useDocument } from '../../state/document-store.ts';
import { useStartFork } from '../../state/runs/fork-store.ts';
import { hasTrained, isRunning, runStore, useRun } from '../../state/run-store.ts';
import { measureNow } from '../gradients/measure-run.ts';

interface ActionButton {
  readonly label: string;
  /** `done`: what it does has been done; `waiting`: it can be done once training rests, or the data is read. */
  readonly state: 'ready' | 'waiting' | 'done';
  readonly perform: () => void;
}

const labels = { train: 'Train', step: 'One training step', stop: 'Stop and take the test score', reset: 'Reset to the first weights' } as const;

function findRemedy(project: Project, signature: DataSignature | null, action: LessonAction): GradientRemedy | null {
  if (action.kind !== 'remedy') return null;
  const all = (['vanishing', 'exploding'] as const).flatMap((fault) => gradientRemedies(project, action.node as NodeId, signature, fault));
  return all.find(({ kind }) => kind === action.remedy) ?? null;
}

/** What the button of a step does, through the commands and remedies that the window has. */
export function useLessonAction(action: LessonAction): ActionButton {
  const project = useDocument((state) => state.project);
  const signature = useDocument((state) => state.signature);
  const running = useRun(isRunning);
  const trained = useRun(hasTrained);
  const opening = useRun((run) => run.opening);
  const start = useStartFork();
  if (action.kind !== 'remedy') {
    const ended = action.kind === 'train' && trained && !running;
    return {
      label: action.label ?? labels[action.kind],
      state: running && action.kind !== 'stop' ? 'waiting' : ended ? 'done' : 'ready',
      perform: () => {
        runCommand(`run.${action.kind}`);
      },
    };
  }
  const remedy = findRemedy(project, signature, action);
  const label = action.label ?? remedy?.label ?? 'Change it and train';
  if (remedy === null) return { label, state: signature === null ? 'waiting' : 'done', perform: () => undefined };
  return {
    label,
    state: running || opening ? 'waiting' : 'ready',
    perform: () => {
      const { opened } = runStore.getState();
      const layer = Math.max(0, opened?.probeLayers.findIndex(({ node }) => node === action.node) ?? 0);
      const before = measureNow(runStore.getState(), layer);
      if (before !== null) {
        void start(remedy, layer, before);
        return;
      }
      documentActions.editProject(remedy.label, () => remedy.project);
      runCommand('run.train');
    },
  };
}
