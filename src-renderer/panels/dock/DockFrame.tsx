import { useRef, useState } from 'react';
import { useHiddenControls } from '../../state/lesson-store.ts';
import { useWorkspace, workspaceStore } from '../../state/workspace-store.ts';

const smallest = 140;
/** Height of the strip of tabs, all that is left of a collapsed dock. */
const strip = 37;
const step = 24;

const largest = (): number => Math.round(window.innerHeight * 0.7);

/** A third of the window, within what a panel needs and what the drawing can spare. */
const standard = 'clamp(min(236px, 40vh), 34.6vh, 420px)';

function setHeight(height: number): void {
  workspaceStore.setState({ dockHeight: Math.round(Math.min(largest(), Math.max(smallest, height))), dockCollapsed: false });
}

/** The dock's place at the foot of the window, with the edge that resizes it. */
export function DockFrame({ children }: { readonly children: React.ReactNode }): React.JSX.Element {
  const height = useWorkspace((workspace) => workspace.dockHeight);
  const collapsed = useWorkspace((workspace) => workspace.dockCollapsed);
  const frame = useRef<HTMLElement>(null);
  const [dragging, setDragging] = useState(false);
  const hidden = useHiddenControls();
  const present = (): number => frame.current?.offsetHeight ?? smallest;

  const move = (event: React.PointerEvent): void => {
    if (dragging) setHeight(window.innerHeight - event.clientY);
  };
  const press = (event: React.KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    setHeight(present() + (event.key === 'ArrowUp' ? step : -step));
  };
  const shown = height === null ? standard : `min(${height}px, 70vh)`;
  return (
    <section
      ref={frame}
      className="dock-frame"
      aria-label="Panels"
      data-collapsed={collapsed}
      data-hidden={hidden.join(' ')}
      style={{ height: collapsed ? strip : shown }}
    >
      <div
        className="dock-edge"
        role="separator"
        tabIndex={0}
        aria-label="Height of the panels"
        aria-orientation="horizontal"
        aria-valuemin={smallest}
        aria-valuemax={largest()}
        aria-valuenow={height ?? 312}
        data-dragging={dragging}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
        }}
        onPointerMove={move}
        onPointerUp={() => {
          setDragging(false);
        }}
        onDoubleClick={() => {
          workspaceStore.setState({ dockHeight: null, dockCollapsed: false });
        }}
        onKeyDown={press}
      />
      {children}
    </section>
  );
}
