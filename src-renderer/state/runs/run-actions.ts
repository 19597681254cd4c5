import type { ExportFormat } from '../../../src-engine/document/export-formats.ts';
import type { Problem } from '../../../src-engine/document/problems.ts';
import type { Project } from '../../../src-engine/document/project.ts';
import type { OpenReply, StatusReply } from '../../../src-engine/session/protocol.ts';
import type { Replies, RequestOf } from '../../../src-main/contract.ts';
import type { Client } from '../../bridge/client.ts';
import { dataKey } from '../data-store.ts';
import { createGivenWeights } from './given-weights.ts';
import { settingsKey, trainingKey } from './run-key.ts';
import { shareOpening } from './share-opening.ts';
import { emptyHistory, hasTrained, type RunData, type RunStore } from '../run-store.ts';

/** The document as the run needs it. */
export interface ProjectSource {
  readonly project: () => Project;
  /** The text of its file. */
  readonly text: () => string;
  /** Of its file, from whose folder the paths of its data start; null where it is in none. */
  readonly handle: () => string | null;
  /** What a window that comes later has to know of it. */
  readonly document: () => NonNullable<RequestOf<'session.open'>['document']>;
}

type Command = 'session.start' | 'session.pause' | 'session.step' | 'session.stop' | 'session.reset';
export type Exported = Replies['session.export'];

/** What the window can ask of training. Each answers true where it was done; problems go to the store. */
export interface RunActions {
  /** Gives the present project to the session: data loaded, model compiled, ready. Ends what trained before. */
  readonly open: () => Promise<boolean>;
  /** For a project that cannot be opened yet: nothing of the one before it is shown any longer. */
  readonly forget: () => void;
  /**
   * Trains on where the run stands. Where the drawing changed, with every weight that still fits (`opened.kept` says which); from new
   * weights where the settings changed, the run ended or failed.
   */
  readonly train: () => Promise<boolean>;
  readonly step: () => Promise<boolean>;
  readonly pause: () => Promise<boolean>;
  readonly stop: () => Promise<boolean>;
  readonly reset: () => Promise<boolean>;
  /** Mid-run, keeping the weights. */
  readonly setLearningRate: (value: number) => Promise<boolean>;
  /** Weights in base64, as `model.import` gives them, for the document as it is now: in place once the session has opened it. */
  readonly takeWeights: (weights: string) => void;
  readonly exportModel: (name: string, format: ExportFormat) => Promise<Exported | readonly Problem[]>;
}

/** Whether the next training goes on with the weights there are: only the drawing changed, and they are sound. */
function keepsWeights(run: RunData, project: Project): boolean {
  const sound = run.status !== null && run.status.state !== 'failed' && run.status.state !== 'idle';
  return sound && hasTrained(run) && run.openedProject !== null && settingsKey(run.openedProject) === settingsKey(project);
}

/** What the window knows once a session has answered; nothing of a run before it is left. */
function afterOpening(value: OpenReply, project: Project): Partial<RunData> {
  const usable = value.problems.length === 0;
  return {
    ...emptyHistory(),
    opening: false,
    opened: value,
    openedKey: usable ? trainingKey(project) : null,
    openedData: project.data === null ? null : dataKey(project.data),
    openedProject: usable ? project : null,
    problems: value.problems,
    status: value,
  };
}

/** What the window knows of the session where it has none open. */
const NOTHING_OPEN = {
  opening: false,
  opened: null,
  openedKey: null,
  openedData: null,
  openedProject: null,
  problems: [],
  status: null,
  died: null,
} as const satisfies Partial<RunData>;

/** The document as `session.open` is told of it. */
function described({ text, handle, document }: ProjectSource): { text: string; handle: string | null; document: ReturnType<ProjectSource['document']> } {
  return { text: text(), handle: handle(), document: document() };
}

export function createRunActions(client: Client, store: RunStore, source: ProjectSource): RunActions {
  let latestOpening = 0;
  const given = createGivenWeights(source.document);

  const ask = async (name: Command): Promise<StatusReply | null> => {
    const reply = await client.request(name, {});
    if (reply.ok) store.setState({ status: reply.value, problems: [] });
    else store.setState({ problems: reply.problems });
    return reply.ok ? reply.value : null;
  };

  const openNow = async (_key: string, keep: boolean): Promise<boolean> => {
    const opening = ++latestOpening;
    const project = source.project();
    const openedData = project.data === null ? null : dataKey(project.data);
    const held = crypto.randomUUID();
    store.setState({ opening: true, openedKey: null, openedData: null, died: null, held, shared: false, takenBy: null });
    const reply = await client.request('session.open', { ...described(source), opening: held, ...(keep ? { keep } : {}), ...given.forOpening() });
    if (opening !== latestOpening) return false;
    if (reply.ok && reply.value.problems.length === 0) given.done();
    if (!reply.ok) {
      store.setState({ ...emptyHistory(), opening: false, opened: null, openedData, problems: reply.problems });
      return false;
    }
    store.setState(afterOpening(reply.value, project));
    return reply.value.problems.length === 0;
  };

  const opener = shareOpening(openNow);
  const open = (keep = false): Promise<boolean> => opener.open(trainingKey(source.project()), keep);

  const reset = async (): Promise<boolean> => {
    const status = await ask('session.reset');
    if (status !== null) store.setState(({ opened }) => ({ ...emptyHistory(), opened: opened === null ? null : { ...opened, kept: null } }));
    return status !== null;
  };

  const setLearningRate = async (value: number): Promise<boolean> => {
    const reply = await client.request('session.setLearningRate', { value });
    store.setState(reply.ok ? { status: reply.value } : { problems: reply.problems });
    return reply.ok;
  };

  /** A session that holds the present project, its learning rate included, and can go on. False where another is opened meanwhile: that one was not asked for. */
  const prepare = async (): Promise<boolean> => {
    const { openedKey, status } = store.getState();
    const opening = latestOpening;
    const held = status !== null && status.state !== 'idle' && openedKey === trainingKey(source.project());
    if (!held) return open(keepsWeights(store.getState(), source.project()));
    const { learningRate } = source.project().training.optimizer;
    if ((status.state === 'done' || status.state === 'failed') && !(await reset())) return false;
    if (opening !== latestOpening) return false;
    if (learningRate !== store.getState().status?.learningRate && !(await setLearningRate(learningRate))) return false;
    return opening === latestOpening;
  };

  const asked = async (name: Command): Promise<boolean> => (await ask(name)) !== null;

  const forget = (): void => {
    latestOpening++;
    opener.forget();
    store.setState({ ...emptyHistory(), ...NOTHING_OPEN });
    void client.request('session.pause', {});
  };

  return {
    takeWeights: (weights) => {
      given.give(weights);
      opener.forget();
      if (source.project().data !== null) void open();
    },
    open: () => open(),
    forget,
    reset,
    setLearningRate,
    train: async () => (await prepare()) && asked('session.start'),
    step: async () => (await prepare()) && asked('session.step'),
    pause: () => asked('session.pause'),
    stop: () => asked('session.stop'),
    exportModel: async (name, format) => {
      const reply = await client.request('session.export', { name, format, arrays: false });
      return reply.ok ? reply.value : reply.problems;
    },
  };
}
