import { parseProject } from '../../../src-engine/document/file/parse-project.ts';
import { problem, type Problem } from '../../../src-engine/document/problems.ts';
import type { Project } from '../../../src-engine/document/project.ts';
import { serializeProject } from '../../../src-engine/document/file/serialize-project.ts';
import type { Client } from '../../bridge/client.ts';
import { documentStore } from '../document-store.ts';
import type { RunActions } from '../runs/run-actions.ts';
import { leaveDocument } from '../workspace/workspace-leave.ts';
import { workspaceStore } from '../workspace-store.ts';

/** What came of a model file: problems, or what one should know. */
export type ModelImported = { readonly problems: readonly Problem[] } | { readonly notes: readonly string[]; readonly hasData: boolean };

/** As many bytes as the host takes at once. */
const MAX_BYTES = 48 * 1024 * 1024;
const CHUNK = 0x8000;

/** Files that are models and not documents or data. */
export const MODEL_FILE = /\.(onnx|safetensors|model\.json|pt|pth|keras|h5)$/iu;

/**
 * A model from elsewhere: its document takes the place of the open one, or, where the file holds weights alone, the open one takes them. The weights are in
 * place once the session opens the document, which needs data.
 */
export function createModelImport(
  client: Client,
  run: Pick<RunActions, 'takeWeights'>,
  start: (project: Project) => void,
): (file: File) => Promise<ModelImported> {
  return async (file) => {
    if (file.size > MAX_BYTES) return { problems: [tooLarge(file)] };
    const open = workspaceStore.getState().galleryOpen ? null : documentStore.getState().project;
    const handle = workspaceStore.getState().file?.handle ?? null;
    const name = file.name.replace(/(\.model)?\.\w+$/iu, '');
    const argument = { name, file: base64(new Uint8Array(await file.arrayBuffer())), text: open === null ? null : serializeProject(open), handle };
    const reply = await client.request('model.import', argument);
    if (!reply.ok) return { problems: reply.problems };
    const { text, isOpen, weights, notes } = reply.value;
    const parsed = parseProject(text);
    if (!parsed.ok) return { problems: parsed.problems };
    const put = (): void => {
      if (!isOpen) start(parsed.project);
      run.takeWeights(weights);
    };
    if (isOpen) put();
    else leaveDocument(put);
    return { notes, hasData: parsed.project.data !== null };
  };
}

function tooLarge({ name, size }: File): Problem {
  const message = `${name} has ${(size / 1e6).toFixed(0)} MB; the window takes models of up to ${(MAX_BYTES / 1e6).toFixed(0)} MB.`;
  return problem('U005', message, 'Import it on the command line: unroll import FILE -o mine.model.json.');
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let begin = 0; begin < bytes.length; begin += CHUNK) parts.push(String.fromCharCode(...bytes.subarray(begin, begin + CHUNK)));
  return btoa(parts.join(''));
}
