import { lazy, Suspense } from 'react';
import { Canvas } from './canvas/Canvas.tsx';
import { Logo } from './gallery/Logo.tsx';
import { DesignNote } from './panels/DesignNote.tsx';
import { DockFrame } from './panels/dock/DockFrame.tsx';
import { Inspector } from './panels/inspector/Inspector.tsx';
import { Palette } from './panels/palette/Palette.tsx';
import { DataBanner } from './panels/DataBanner.tsx';
import { RunBanner } from './panels/RunBanner.tsx';
import { TopBar } from './panels/top-bar/TopBar.tsx';
import { useWorkspace, workspaceStore } from './state/workspace-store.ts';
import { Tabs } from './ui/Tabs.tsx';
import './workspace.css';

const CodeView = lazy(async () => ({ default: (await import('./code/CodeView.tsx')).CodeView }));
const Dock = lazy(async () => ({ default: (await import('./panels/dock/Dock.tsx')).Dock }));

function showView(view: string): void {
  if (view === 'design' || view === 'code') workspaceStore.setState({ view });
}

function LazyCode(): React.JSX.Element {
  return (
    <Suspense fallback={<p className="workspace-wait">Loading the editor…</p>}>
      <CodeView />
    </Suspense>
  );
}

/** The window with a project open: blocks on the left, the drawing, its inspector, and what training shows below. */
export function Workspace(): React.JSX.Element {
  const view = useWorkspace((workspace) => workspace.view);
  return (
    <div className="workspace">
      <TopBar logo={<Logo />} />
      <RunBanner />
      <DataBanner />
      <div className="workspace-middle">
        <aside className="workspace-palette" aria-label="Blocks">
          <Palette />
        </aside>
        <main className="workspace-centre">
          <Tabs
            label="Views of the model"
            value={view}
            onChange={showView}
            tabs={[
              { id: 'design', label: 'Design', content: <Canvas /> },
              { id: 'code', label: 'Code', content: <LazyCode /> },
            ]}
            aside={<DesignNote />}
          />
        </main>
        <aside className="workspace-inspector" aria-label="Inspector">
          <Inspector />
        </aside>
      </div>
      <DockFrame>
        <Suspense>
          <Dock />
        </Suspense>
      </DockFrame>
    </div>
  );
}
