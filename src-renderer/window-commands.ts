import { toast } from 'sonner';
import type { Problem } from '../src-engine/document/problems.ts';
import { EXPORT_FORMATS } from '../src-engine/document/export-formats.ts';
import { exportUse } from '../src-engine/document/export-use.ts';
import { emptyProject } from '../src-engine/document/defaults.ts';
import type { Command } from './state/commands.ts';
import { documentStore } from './state/document-store.ts';
import { isHidden, lessonState, moveLesson } from './state/lesson-store.ts';
import type { Exported, RunActions } from './state/runs/run-actions.ts';
import { hasTrained, isRunning, runStore } from './state/run-store.ts';
import type { BrowserFiles, FileActions, FileOutcome } from './state/workspace/workspace-files.ts';
import { leaveDocument } from './state/workspace/workspace-leave.ts';
import { workspaceStore, type ThemeChoice, type WorkspaceData } from './state/workspace-store.ts';

/** Each problem as a toast: what happened, then what to do. */
export function tellProblems(problems: readonly Problem[]): void {
  for (const { message, fix } of problems.slice(0, 3)) toast.error(message, { description: fix });
}

/** What became of opening or saving; `verb` as in "Saved names.unroll". */
export function tellFile(outcome: FileOutcome, verb: string): void {
  if (outcome.kind === 'refused') tellProblems(outcome.problems);
  if (outcome.kind !== 'done') return;
  toast.success(`${verb} ${outcome.name}`);
  for (const { message, fix } of outcome.warnings.slice(0, 3)) toast.warning(message, { description: fix });
}

function isRefused(result: Exported | readonly Problem[]): result is readonly Problem[] {
  return Array.isArray(result);
}

async function exportModel({ id, title }: (typeof EXPORT_FORMATS)[number], run: RunActions, browser: BrowserFiles): Promise<void> {
  const waiting = toast.loading(`Exporting: ${title}`, { description: 'Writing the file, reading it back and running it on held-out examples.' });
  const result = await run.exportModel(documentStore.getState().project.name, id).finally(() => toast.dismiss(waiting));
  if (isRefused(result)) {
    tellProblems(result);
    return;
  }
  if (result.download !== null) browser.download(result.saved?.name ?? result.name, bytesOf(result.download));
  else if (result.saved === null) return;
  toast.success(`Exported ${result.saved?.name ?? result.name}`, { description: [verifiedText(result), askedHow(id)].join(' ').trim() });
}

/** How the model is asked there. */
function askedHow(id: (typeof EXPORT_FORMATS)[number]['id']): string {
  const signature = runStore.getState().opened?.signature ?? null;
  return signature === null ? '' : (exportUse(id, signature) ?? '');
}

function verifiedText({ largestDifference, examples, ranBy }: Exported): string {
  if (ranBy === null) return 'Read back, not run: no Python that has what it needs was found on this machine. Its verify.py runs it.';
  const difference = largestDifference === 0 ? '0' : largestDifference.toExponential(1);
  return `Read back and run by ${ranBy} on ${examples} examples: largest difference ${difference}.`;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Names shown of the parameters that start anew. */
const MOST_NAMES = 4;

/** What the training that has just begun keeps of the weights there were. */
function tellKept(): void {
  const kept = runStore.getState().opened?.kept ?? null;
  if (kept === null) return;
  const names = kept.fresh.length > MOST_NAMES ? [...kept.fresh.slice(0, MOST_NAMES), `${kept.fresh.length - MOST_NAMES} more`] : kept.fresh;
  const anew = names.length === 0 ? 'None starts anew.' : `New weights: ${names.join(', ')}.`;
  toast(`Keeps ${kept.kept.length} of ${kept.kept.length + kept.fresh.length} parameters`, { description: anew });
}

/** Says what is kept where training could start, and shows what stands in the way where it could not. */
async function attempt(asked: Promise<boolean>): Promise<void> {
  const before = runStore.getState().opened;
  if (await asked) {
    if (runStore.getState().opened !== before) tellKept();
    return;
  }
  const { problems } = runStore.getState();
  if (problems.length > 0) {
    tellProblems(problems);
    workspaceStore.setState({ panelWanted: 'problems' });
  }
}

const inProject = (): boolean => !workspaceStore.getState().galleryOpen;
const canTrain = (): boolean => {
  const { checked, project } = documentStore.getState();
  return inProject() && checked.ok && project.data !== null && project.graph.nodes.length > 0;
};
const running = (): boolean => isRunning(runStore.getState());
const trained = (): boolean => inProject() && hasTrained(runStore.getState());

function trainingCommands(run: RunActions): readonly Command[] {
  const group = 'Training';
  return [
    {
      id: 'run.train',
      title: 'Train or pause',
      group,
      shortcuts: ['$mod+Enter'],
      enabled: () => running() || canTrain(),
      run: () => void (running() ? run.pause() : attempt(run.train())),
    },
    {
      id: 'run.step',
      title: 'One training step',
      group,
      shortcuts: ['$mod+Shift+Enter'],
      enabled: () => canTrain() && !running(),
      run: () => void attempt(run.step()),
    },
    { id: 'run.stop', title: 'Stop and take the test score', group, shortcuts: ['$mod+.'], enabled: trained, run: () => void attempt(run.stop()) },
    { id: 'run.reset', title: 'Reset to the first weights', group, shortcuts: [], enabled: trained, run: () => void attempt(run.reset()) },
  ];
}

function fileCommands(run: RunActions, files: FileActions, browser: BrowserFiles): readonly Command[] {
  const group = 'File';
  const open = async (): Promise<void> => {
    tellFile(await files.open(), 'Opened');
  };
  const save = async (as: boolean): Promise<void> => {
    tellFile(await files.save(as), 'Saved');
  };
  const always = (): boolean => true;
  return [
    {
      id: 'file.new',
      title: 'Empty project',
      group,
      shortcuts: [],
      enabled: always,
      run: () => {
        leaveDocument(() => {
          files.start(emptyProject());
        });
      },
    },
    {
      id: 'file.open',
      title: 'Open a project',
      group,
      shortcuts: ['$mod+o'],
      enabled: always,
      run: () => {
        leaveDocument(() => void open());
      },
    },
    { id: 'file.save', title: 'Save', group, shortcuts: ['$mod+s'], enabled: inProject, run: () => void save(false) },
    { id: 'file.saveAs', title: 'Save as', group, shortcuts: ['$mod+Shift+s'], enabled: inProject, run: () => void save(true) },
    ...EXPORT_FORMATS.map((format): Command => ({
      id: `file.export.${format.id}`,
      title: `Export the trained model: ${format.title}`,
      group,
      shortcuts: format.id === 'json' ? ['$mod+e'] : [],
      enabled: () => trained() && !isHidden('export'),
      run: () => void exportModel(format, run, browser),
    })),
  ];
}

function viewCommands(): readonly Command[] {
  const group = 'View';
  const always = (): boolean => true;
  const show = (change: Partial<WorkspaceData>) => () => {
    workspaceStore.setState(change);
  };
  const theme = (choice: ThemeChoice, title: string): Command => ({
    id: `view.theme.${choice}`,
    title,
    group,
    shortcuts: [],
    enabled: always,
    run: show({ theme: choice }),
  });
  const panel = (name: 'loss' | 'scores' | 'gradients' | 'memory' | 'states' | 'samples' | 'runs' | 'problems' | 'data', title: string): Command => ({
    id: `view.${name}`,
    title,
    group,
    shortcuts: [],
    enabled: () => inProject() && (name === 'loss' || name === 'gradients' || name === 'memory' || !isHidden(name)),
    run: show({ panelWanted: name }),
  });
  return [
    { id: 'view.commands', title: 'Commands', group, shortcuts: ['$mod+k'], enabled: always, run: show({ commandsOpen: true }) },
    { id: 'view.templates', title: 'Templates', group, shortcuts: [], enabled: always, run: show({ galleryOpen: true }) },
    panel('loss', 'Show the loss'),
    panel('scores', 'Show the scores'),
    panel('gradients', 'Show the gradients'),
    panel('memory', 'Show how long a cell remembers'),
    panel('states', 'Show the states'),
    panel('samples', 'Show the samples'),
    panel('runs', 'Show the runs'),
    panel('problems', 'Show the problems'),
    panel('data', 'Show the data'),
    {
      id: 'view.dock',
      title: 'Show or hide the panels',
      group,
      shortcuts: ['$mod+j'],
      enabled: inProject,
      run: () => {
        workspaceStore.setState(({ dockCollapsed }) => ({ dockCollapsed: !dockCollapsed }));
      },
    },
    { id: 'view.glossary', title: 'Glossary', group, shortcuts: [], enabled: always, run: show({ glossary: { term: null } }) },
    theme('dark', 'Dark theme'),
    theme('light', 'Light theme'),
    theme('system', 'System theme'),
  ];
}

/** A lesson is put away and taken up again. */
function lessonCommands(): readonly Command[] {
  const group = 'Lesson';
  return [
    {
      id: 'lesson.leave',
      title: 'Show everything, put the lesson away',
      group,
      shortcuts: [],
      enabled: () => inProject() && lessonState() === 'on',
      run: () => {
        moveLesson({ kind: 'leave' });
      },
    },
    {
      id: 'lesson.return',
      title: 'Back to the lesson',
      group,
      shortcuts: [],
      enabled: () => inProject() && lessonState() === 'left',
      run: () => {
        moveLesson({ kind: 'return' });
      },
    },
  ];
}

/** The commands that concern the whole window; the canvas adds its own while it is there. */
export function windowCommands(run: RunActions, files: FileActions, browser: BrowserFiles): readonly Command[] {
  return [...trainingCommands(run), ...fileCommands(run, files, browser), ...viewCommands(), ...lessonCommands()];
}
