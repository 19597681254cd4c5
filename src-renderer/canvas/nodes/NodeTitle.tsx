import { useReactFlow } from '@xyflow/react';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { NodeId } from '../../../src-engine/document/project.ts';
import { documentActions } from '../../state/document-store.ts';
import { LONGEST_NAME, renameNode } from '../../state/document/rename-node.ts';
import { useCanvas, useCanvasStore } from '../canvas-store.ts';

interface NodeTitleProps {
  readonly id: NodeId;
  readonly title: string;
  readonly className: string;
}

/** A block's name; a double press on it, or F2, makes it a field. */
export function NodeTitle({ id, title, className }: NodeTitleProps) {
  const store = useCanvasStore();
  const renaming = useCanvas((state) => state.renaming === id);
  if (renaming) return <TitleField id={id} title={title} />;
  return (
    <span
      className={className}
      onDoubleClick={() => {
        documentActions.select({ nodes: [id] });
        store.setState({ renaming: id });
      }}
    >
      {title}
    </span>
  );
}

/** Enter and leaving the field take the name over, Escape leaves the old one. */
function TitleField({ id, title }: { readonly id: NodeId; readonly title: string }) {
  const store = useCanvasStore();
  const { getNode } = useReactFlow();
  const [draft, setDraft] = useState(title);
  const kept = useRef(true);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    kept.current = event.key === 'Enter';
    event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus({ preventScroll: true });
  };
  return (
    <input
      className="node-title-field nodrag nopan"
      aria-label="Name of this block"
      maxLength={LONGEST_NAME}
      spellCheck={false}
      autoFocus
      value={draft}
      onChange={(event) => {
        setDraft(event.target.value);
      }}
      onFocus={(event) => {
        event.target.select();
      }}
      onKeyDown={onKeyDown}
      onBlur={() => {
        store.setState({ renaming: null });
        if (kept.current && getNode(id) !== undefined) renameNode(id, draft);
      }}
    />
  );
}
