import { useState } from 'react';
import type { GraphNode, NodeId } from '../../../src-engine/document/project.ts';
import { kindLook, nodeTitle } from '../../state/document/document-kinds.ts';
import { useDocument } from '../../state/document-store.ts';
import { LONGEST_NAME, renameNode } from '../../state/document/rename-node.ts';
import { Chip } from '../../ui/Chip.tsx';

/** Chip, name (typed over to rename) and the path of ids. */
export function NodeHeader({ node }: { readonly node: GraphNode }) {
  const path = useDocument(({ project }) => pathOf(project.graph.nodes, node));
  const look = kindLook(node.kind);
  return (
    <header className="inspector-header">
      <h2 className="visually-hidden">{nodeTitle(node)}</h2>
      <Chip letter={look.letter} colour={look.colour} large />
      <NameField key={node.label ?? ''} node={node} placeholder={look.title} />
      <span className="inspector-path" title={`Id: ${node.id}`}>
        {path}
      </span>
    </header>
  );
}

function NameField({ node, placeholder }: { readonly node: GraphNode; readonly placeholder: string }) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null) renameNode(node.id, draft);
    setDraft(null);
  };
  return (
    <input
      className="inspector-name"
      aria-label="Name of this block"
      maxLength={LONGEST_NAME}
      placeholder={placeholder}
      spellCheck={false}
      value={draft ?? nodeTitle(node)}
      onChange={(event) => {
        setDraft(event.target.value);
      }}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}

/** `bi/gru1`: the ids of the blocks around a node, then its own. */
function pathOf(nodes: readonly GraphNode[], node: GraphNode): string {
  const path: NodeId[] = [];
  for (let current: GraphNode | undefined = node; current !== undefined && !path.includes(current.id);) {
    path.unshift(current.id);
    const { parent }: GraphNode = current;
    current = nodes.find((each) => each.id === parent);
  }
  return path.join('/');
}
