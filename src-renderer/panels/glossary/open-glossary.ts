import type { TermId } from '../../../src-engine/document/glossary/glossary.ts';
import { workspaceStore } from '../../state/workspace-store.ts';

/** Shows all words, with one of them in sight where one is meant. */
export function openGlossary(term: TermId | null): void {
  workspaceStore.setState({ glossary: { term } });
}
