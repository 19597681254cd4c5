import type { NodeId } from '../../../src-engine/document/project.ts';
import { kindLook, nodeTitle } from '../../state/document/document-kinds.ts';
import { documentActions, useDocument } from '../../state/document-store.ts';
import { Chip } from '../../ui/Chip.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';

/** The children of a block in running order; a press selects one. */
export function ChildList({ ids }: { readonly ids: readonly NodeId[] }) {
  const nodes = useDocument((state) => state.project.graph.nodes);
  return (
    <section>
      <SectionTitle>Runs in this order</SectionTitle>
      <ol className="child-list">
        {ids.map((id) => {
          const node = nodes.find((each) => each.id === id);
          if (node === undefined) return null;
          const look = kindLook(node.kind);
          return (
            <li key={id}>
              <button
                type="button"
                className="child-row"
                onClick={() => {
                  documentActions.select({ nodes: [id] });
                }}
              >
                <Chip letter={look.letter} colour={look.colour} />
                {nodeTitle(node)}
                <span className="inspector-path">{id}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
