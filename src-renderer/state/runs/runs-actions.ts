import { createContext, useContext } from 'react';
import type { CellKind } from '../../../src-engine/document/node-kinds.ts';
import { parseProject } from '../../../src-engine/document/file/parse-project.ts';
import { problem, type Problem } from '../../../src-engine/document/problems.ts';
import type { RunSummary } from '../../../src-main/contract.ts';
import type { Client } from '../../bridge/client.ts';
import { attachSession } from './attach-session.ts';
import { documentStore } from '../document-store.ts';
import { forkRun, type Tell } from './fork-run.ts';
import { readHistory } from './read-history.ts';
import type { RunActions } from './run-actions.ts';
import { runStore } from '../run-store.ts';
import { MOST_TICKED, rememberPast, runsStore, type PastRun } from './runs-store.ts';
import { leaveDocument } from '../workspace/workspace-leave.ts';
import { workspaceStore } from '../workspace-store.ts';

/** What a person can do with kept runs. Problems come back as values; none where it was done. */
export interface RunsActions {
  readonly refresh: () => Promise<void>;
  /** Reads a run's history once; again where `again`, for one that has grown. */
  readonly load: (id: string, again?: boolean) => Promise<PastRun | null>;
  readonly tick: (id: string) => void;
  readonly rename: (id: string, name: string) => Promise<readonly Problem[]>;
  readonly pin: (id: string, pinned: boolean) => Promise<readonly Problem[]>;
  readonly remove: (id: string) => Promise<readonly Problem[]>;
  readonly restore: (id: string) => Promise<readonly Problem[]>;
  /** Its document on the canvas and, where they are kept, its weights in the engine. Asks first where edits would be lost. */
  readonly open: (run: RunSummary, tell: Tell) => void;
  /** Another cell with as many parameters, the same seed and data, trained from new weights. */
  readonly fork: (run: RunSummary, kind: CellKind, tell: Tell) => Promise<void>;
}

export function createRunsActions(client: Client, run: RunActions): RunsActions {
  const handle = (): string | null => workspaceStore.getState().file?.handle ?? null;

  const refresh = async (): Promise<void> => {
    const reply = await client.request('runs.list', { document: documentStore.getState().id, handle: handle() });
    if (!reply.ok) return;
    const kept = new Set(reply.value.runs.map(({ id }) => id));
    runsStore.setState(({ ticked, past }) => ({
      ...reply.value,
      ticked: ticked.filter((id) => kept.has(id)),
      past: past.filter(({ id }) => kept.has(id)),
    }));
  };

  const load = async (id: string, again = false): Promise<PastRun | null> => {
    const known = runsStore.getState().past.find((each) => each.id === id);
    if (known !== undefined && !again) return known;
    const reply = await client.request('runs.read', { id });
    if (!reply.ok) return null;
    const { text, probeLayers, history } = reply.value;
    const parsed = parseProject(text);
    const past = { id, project: parsed.ok ? parsed.project : null, history: readHistory(history), probeLayers };
    rememberPast(past);
    return past;
  };

  const change = async (name: 'runs.remove' | 'runs.restore', id: string): Promise<readonly Problem[]> => {
    const reply = await client.request(name, { id });
    await refresh();
    return reply.ok ? [] : reply.problems;
  };

  const openNow = async ({ id, own, name }: RunSummary, tell: Tell): Promise<void> => {
    runStore.setState({ opening: true });
    const reply = await client.request('runs.reopen', { id, opening: crypto.randomUUID() });
    runStore.setState({ opening: false });
    if (!reply.ok) {
      tell(reply.problems);
      return;
    }
    if (!attachSession(reply.value.session, runStore, own ? { kind: 'edit', label: `Open ${name}` } : { kind: 'document' })) tell([unreadable()]);
    await refresh();
  };

  return {
    refresh,
    load,
    tick: (id) => {
      const { ticked } = runsStore.getState();
      if (ticked.includes(id)) runsStore.setState({ ticked: ticked.filter((each) => each !== id) });
      else {
        runsStore.setState({ ticked: [...ticked, id].slice(-MOST_TICKED) });
        void load(id, true);
      }
    },
    rename: async (id, name) => {
      const reply = await client.request('runs.rename', { id, name });
      return reply.ok ? [] : reply.problems;
    },
    pin: async (id, pinned) => {
      const reply = await client.request('runs.pin', { id, pinned });
      return reply.ok ? [] : reply.problems;
    },
    remove: (id) => change('runs.remove', id),
    restore: (id) => change('runs.restore', id),
    open: (summary, tell) => {
      // What becomes one undo step of the document there is loses nothing.
      if (summary.own) void openNow(summary, tell);
      else leaveDocument(() => void openNow(summary, tell));
    },
    fork: async (summary, kind, tell) => {
      const project = (await load(summary.id))?.project ?? null;
      if (project === null) tell([unreadable()]);
      else await forkRun({ project, own: summary.own, kind }, { client, run, handle, tell });
    },
  };
}

function unreadable(): Problem {
  return problem('U051', 'The project of this run cannot be read.', 'Delete the run, or open the project from its file.');
}

/** Milliseconds that changes of runs come to rest in before the list is asked for again. */
const SETTLE = 150;

/** Keeps the list in step with the host and with the document that is open. */
export function followRuns(client: Client, actions: RunsActions, delay: { readonly start: (milliseconds: number, action: () => void) => void }): void {
  const soon = (): void => {
    delay.start(SETTLE, () => void actions.refresh());
  };
  client.on('runs', soon);
  client.onConnection((connection) => {
    if (connection === 'open') soon();
  });
  documentStore.subscribe((now, before) => {
    if (now.opened === before.opened) return;
    runsStore.setState({ ticked: [], view: 'list' });
    soon();
  });
  workspaceStore.subscribe((now, before) => {
    if (now.file?.handle !== before.file?.handle) soon();
  });
}

const RunsContext = createContext<RunsActions | null>(null);

export const RunsProvider = RunsContext.Provider;

export function useRunsActions(): RunsActions {
  const actions = useContext(RunsContext);
  if (actions === null) throw new Error('useRunsActions outside of RunsProvider');
  return actions;
}
