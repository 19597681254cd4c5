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
import { Tabs } from './ui/Tabs.tsx';
import './workspace.css';

const Dock = lazy(async () => ({ default: (await import('./panels/dock/Dock.tsx')).Dock }));

function stay(): void {
  return;
}

/** The window with a project open: blocks on the left, the drawing, its inspector, and what training shows below. */
export function Workspace(): React.JSX.Element {
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
            value="design"
            onChange={stay}
            tabs={[{ id: 'design', label: 'Design', content: <Canvas /> }]}
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
