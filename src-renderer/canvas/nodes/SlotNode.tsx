/** Where the thing being dragged would stand in its block. */
export function SlotNode() {
  return <div className="node-slot" />;
}
