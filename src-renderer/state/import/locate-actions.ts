import type { Problem } from '../../../src-engine/document/problems.ts';
import { setData } from '../../../src-engine/document/project-edits.ts';
import { serializeProject } from '../../../src-engine/document/file/serialize-project.ts';
import type { Replies } from '../../../src-main/contract.ts';
import type { Client } from '../../bridge/client.ts';
import { createChooser, type DataPicker } from './import-actions.ts';
import { documentActions, documentStore } from '../document-store.ts';
import { workspaceStore } from '../workspace-store.ts';

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
      return located.ok ? accept('Locate the data', located.value) : located.problems;
    },
    acceptChanged: async () => {
      const reply = await client.request('data.locate', { ...place(), token: null });
      return reply.ok ? accept('Use the data as it is now', reply.value) : reply.problems;
    },
  };
}

function kindOfData(): 'file' | 'files' | 'folder' {
  const format = documentStore.getState().project.data?.options['format'];
  return format === 'folder' || format === 'files' ? format : 'file';
}

/** The project's data is now what was found, as one undo step; answers why it cannot be. */
function accept(label: string, { data, problems }: Replies['data.locate']): readonly Problem[] {
  if (data === null) return problems;
  documentActions.editProject(label, (project) => setData(project, data));
  return [];
}
