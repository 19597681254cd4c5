import { toast } from 'sonner';
import type { Client } from './bridge/client.ts';
import type { Command } from './state/commands.ts';
import { documentActions, documentStore } from './state/document-store.ts';
import type { KeepingOutcome } from './state/keeping/checkpoint-actions.ts';
import type { KeepingActions } from './state/keeping/keeping-actions.ts';
import { keepingStore } from './state/keeping/keeping-store.ts';
import type { EditKeeper } from './state/keeping/keep-edits.ts';
import { hasTrained, runStore } from './state/run-store.ts';
import { workspaceStore } from './state/workspace-store.ts';
import { tellProblems } from './window-commands.ts';

const TROUBLE = 'keeping-trouble';

function tell(outcome: KeepingOutcome, done: (step: string) => readonly [string, string]): void {
  if (outcome.kind === 'refused') tellProblems(outcome.problems);
  if (outcome.kind !== 'done') return;
  const [sentence, description] = done(outcome.step.toLocaleString('en-GB'));
  toast.success(sentence, { description });
}

/** Checkpoints: to save one, to go on from one, and to go on after the engine has died or the run has stopped at a number that is not finite. */
export function keepingCommands(keeping: KeepingActions): readonly Command[] {
  const group = 'Training';
  const inProject = (): boolean => !workspaceStore.getState().galleryOpen;
  const canGoBack = (): boolean => inProject() && keepingStore.getState().lastCheckpoint !== null;
  return [
    {
      id: 'run.saveCheckpoint',
      title: 'Save a checkpoint',
      group,
      shortcuts: [],
      enabled: () => inProject() && hasTrained(runStore.getState()) && runStore.getState().died === null,
      run: () =>
        void keeping
          .saveCheckpoint()
          .then((outcome) => tell(outcome, (step) => [`Saved the run at step ${step}`, 'Resume from a checkpoint goes on from it.'])),
    },
    {
      id: 'run.resumeCheckpoint',
      title: 'Resume from a checkpoint',
      group,
      shortcuts: [],
      enabled: () => inProject() && documentStore.getState().checked.ok,
      run: () => void keeping.resumeFromFile().then((outcome) => tell(outcome, (step) => [`Paused at step ${step}`, 'Train goes on.'])),
    },
    {
      id: 'run.restart',
      title: 'Restart from the last checkpoint',
      group,
      shortcuts: [],
      enabled: () => canGoBack() && runStore.getState().died !== null,
      run: () => void keeping.restart(true).then((outcome) => tell(outcome, (step) => [`Trains on from step ${step}`, 'The engine was started anew.'])),
    },
    {
      id: 'run.back',
      title: 'Back to the last finite state',
      group,
      shortcuts: [],
      enabled: () => canGoBack() && runStore.getState().stopped !== null,
      run: () =>
        void keeping
          .restart(false)
          .then((outcome) => tell(outcome, (step) => [`Back at step ${step}, paused`, 'Lower the learning rate or clip the gradient, then Train.'])),
    },
  ];
}

/** What has to be noticed without being asked for: a file that changed, edits that cannot be kept, a run that can be gone on with, what a crash left. */
export function followKeeping(client: Client, keeping: KeepingActions, window: Window): void {
  const look = async (): Promise<void> => {
    const name = workspaceStore.getState().file?.name ?? '';
    if ((await keeping.checkFile()) === 'gone')
      toast.warning(`${name} is no longer in its folder`, { description: 'The project is kept here. Save writes it again.' });
  };
  window.addEventListener('focus', () => void look());
  workspaceStore.subscribe((now, before) => {
    if (now.galleryOpen && !before.galleryOpen) void keeping.look();
  });
  keepingStore.subscribe(({ trouble }, before) => {
    if (trouble === before.trouble) return;
    if (trouble === null) toast.dismiss(TROUBLE);
    else
      toast.warning('Unsaved edits are not kept for a crash', {
        id: TROUBLE,
        description: `${trouble.message} ${trouble.fix}`,
        duration: Number.POSITIVE_INFINITY,
      });
  });
  const findCheckpoint = async (): Promise<void> => {
    const reply = await client.request('checkpoint.latest', {});
    keepingStore.setState({ lastCheckpoint: reply.ok ? reply.value.latest : null });
  };
  client.on('died', () => void findCheckpoint());
  client.on('stopped', () => void findCheckpoint());
}

/** The window shows a document that another window, or this one before it was loaded again, has kept unsaved edits of: they are this window's now. */
export async function takeOverEdits(keeping: KeepingActions, keeper: EditKeeper): Promise<void> {
  await keeping.look();
  const { id, opened } = documentStore.getState();
  const { documents } = keepingStore.getState();
  if (opened === 0 || !documents.some((each) => each.id === id)) return;
  keepingStore.setState({ documents: documents.filter((each) => each.id !== id) });
  documentActions.markUnsaved();
  keeper.adopt(id);
}
