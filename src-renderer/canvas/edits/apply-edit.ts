import { documentActions } from '../../state/document-store.ts';
import type { Edit } from './flow-to-edits.ts';

/** Makes an edit one undo step of the document. */
export function applyEdit({ label, change, options }: Edit): void {
  documentActions.edit(label, change, options);
}
