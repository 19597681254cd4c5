import { disconnect, removeNodes } from '../../src-engine/document/edits.ts';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { NodeId } from '../../src-engine/document/project.ts';
import type { Command } from '../state/commands.ts';
import { describeSelection } from '../state/document/document-commands.ts';
import { documentActions, documentStore } from '../state/document-store.ts';
import { applyEdit } from './edits/apply-edit.ts';
import { clipOf, clipText, parseClip } from './edits/clip.ts';
import type { Point } from './layout/geometry.ts';
import { commonParent, duplicateEdit, pasteEdit } from './edits/paste-edits.ts';

/** The system's clipboard, and what the canvas knows beside the document. */
export interface ClipboardParts {
  /** Where the pointer is, on the canvas; null while it is elsewhere. */
  readonly pointer: () => Point | null;
  /** Puts a text on the clipboard, or takes the one that is there; they reject where the system forbids it. */
  readonly write: (text: string) => Promise<void>;
  readonly read: () => Promise<string>;
  readonly refuse: (problem: Problem) => void;
}

export interface Clipboard {
  readonly commands: readonly Command[];
  /** The selected blocks as text, or null; with `cut` they are gone afterwards. */
  readonly take: (cut: boolean) => string | null;
  readonly put: (text: string, incoming: boolean) => void;
}

const selected = (): readonly NodeId[] => documentStore.getState().selection.nodes;
const someSelected = (): boolean => selected().length > 0;

/** Copy, cut, paste and duplicate. The keys of the first three are the system's: `use-clipboard.ts` hears what they do. */
export function createClipboard(parts: ClipboardParts): Clipboard {
  /** For a paste by command where the system does not let the page read the clipboard. */
  let last: string | null = null;

  const take = (cut: boolean): string | null => {
    const { project, selection } = documentStore.getState();
    const clip = clipOf(project.graph, selection.nodes);
    if (clip === null) return null;
    last = clipText(clip);
    if (cut) {
      const label = `Cut ${describeSelection(project.graph, selection)}`;
      documentActions.edit(label, (graph) => disconnect(removeNodes(graph, selection.nodes), selection.wires));
    }
    return last;
  };

  const put = (text: string, incoming: boolean): void => {
    const parsed = parseClip(text);
    if (!parsed.ok) {
      parts.refuse(parsed.problem);
      return;
    }
    const { project, signature, selection } = documentStore.getState();
    const into = commonParent(project.graph, selection.nodes);
    applyEdit(pasteEdit(project.graph, signature, parsed.clip, { at: into === null ? parts.pointer() : null, incoming, into }));
  };

  const copyOrCut = async (cut: boolean): Promise<void> => {
    const text = take(cut);
    if (text !== null) await parts.write(text).catch(() => undefined);
  };
  const paste = async (incoming: boolean): Promise<void> => {
    put(await parts.read().catch(() => last ?? ''), incoming);
  };
  const duplicate = (incoming: boolean): void => {
    const { project, signature } = documentStore.getState();
    const edit = duplicateEdit(project.graph, signature, selected(), incoming);
    if (edit !== null) applyEdit(edit);
  };

  const entry = (id: string, title: string, shortcut: string, native: boolean, enabled: () => boolean, run: () => void): Command => ({
    id: `edit.${id}`,
    title,
    group: 'Edit',
    shortcuts: [shortcut],
    native,
    enabled,
    run,
  });
  const always = (): boolean => true;
  return {
    take,
    put,
    commands: [
      entry('copy', 'Copy', '$mod+c', true, someSelected, () => void copyOrCut(false)),
      entry('cut', 'Cut', '$mod+x', true, someSelected, () => void copyOrCut(true)),
      entry('paste', 'Paste', '$mod+v', true, always, () => void paste(false)),
      entry('pasteWithWires', 'Paste with the wires into it', '$mod+Shift+v', true, always, () => void paste(true)),
      entry('duplicate', 'Duplicate', '$mod+d', false, someSelected, () => {
        duplicate(false);
      }),
      entry('duplicateWithWires', 'Duplicate with the wires into it', '$mod+Shift+d', false, someSelected, () => {
        duplicate(true);
      }),
    ],
  };
}
