import type { Problem } from '../../src-engine/document/problems.ts';
import type { DataSpec } from '../../src-engine/document/project.ts';
import { setData } from '../../src-engine/document/project-edits.ts';
import { serializeProject } from '../../src-engine/document/serialize-project.ts';
import type { Client } from '../bridge/client.ts';
import { createChooser, type DataPicker } from './import-actions.ts';
import { documentActions, documentStore } from './document-store.ts';
import { workspaceStore } from './workspace-store.ts';

/** What can be done about imported data that is not where, or not what, its project says. Each answers with the problems that stand in its way. */
export interface LocateActions {
  /** The person shows where the data is now. */
  readonly locate: () => Promise<readonly Problem[]>;
  /** The data is taken as it is now, with what was decided about it. */
  readonly acceptChanged: () => Promise<readonly Problem[]>;
}

export function createLocateActions(client: Client, picker: DataPicker): LocateActions {
  const chooser = createChooser(client, picker);
  const place = () => ({ text: serializeProject(documentStore.getState().project), handle: workspaceStore.getState().file?.handle ?? null });

  return {
    locate: async () => {
      const chosen = await chooser(kindOfData(), () => undefined, new AbortController().signal);
      if (!chosen.ok) return chosen.problems;
      if (chosen.value.chosen === null) return [];
      const located = await client.request('data.locate', { ...place(), token: chosen.value.chosen.token });
      if (!located.ok) return located.problems;
      if (located.value.data !== null) replaceData('Locate the data', located.value.data);
      return located.value.data === null ? located.value.problems : [];
    },
    acceptChanged: async () => {
      const { text, handle } = place();
      const { data, name } = documentStore.getState().project;
      const kept = Object.entries(data?.options ?? {}).filter(([key]) => !REMEMBERED.has(key));
      const reply = await client.request('data.describe', {
        from: { kind: 'project', text },
        options: Object.fromEntries(kept),
        depth: 'all',
        name,
        handle,
      });
      if (!reply.ok) return reply.problems;
      if (reply.value.problems.length > 0) return reply.value.problems;
      replaceData('Use the data as it is now', { ...reply.value.data, split: data?.split ?? reply.value.data.split });
      return [];
    },
  };
}

/** What a project remembers of its data, to know it again. */
const REMEMBERED: ReadonlySet<string> = new Set(['size', 'hash', 'vectorsHash']);

function kindOfData(): 'file' | 'files' | 'folder' {
  const format = documentStore.getState().project.data?.options['format'];
  return format === 'folder' || format === 'files' ? format : 'file';
}

function replaceData(label: string, data: DataSpec): void {
  documentActions.editProject(label, (project) => setData(project, data));
}
