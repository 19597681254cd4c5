import { lazy, Suspense } from 'react';
import { Canvas } from './canvas/Canvas.tsx';
import { PictureContext } from './charts/pictures/picture.ts';
import { Logo } from './gallery/Logo.tsx';
import { DesignNote } from './panels/DesignNote.tsx';
import { DockFrame } from './panels/dock/DockFrame.tsx';
import { Inspector } from './panels/inspector/Inspector.tsx';
import { LessonColumn } from './panels/lesson/LessonColumn.tsx';
import { Palette } from './panels/palette/Palette.tsx';
import { DataBanner } from './panels/DataBanner.tsx';
import { RunBanner } from './panels/RunBanner.tsx';
import { TopBar } from './panels/top-bar/TopBar.tsx';
import { useSavePicture } from './save-picture.ts';
import { useHiddenControls } from './state/lesson-store.ts';
import { useWorkspace, workspaceStore } from './state/workspace-store.ts';
import { Tabs } from './ui/Tabs.tsx';
import './workspace.css';

const CodeView = lazy(async () => ({ default: (await import('./code/CodeView.tsx')).CodeView }));
const UnrolledView = lazy(async () => ({ default: (await import('./unrolled/UnrolledView.tsx')).UnrolledView }));
const Dock = lazy(async () => ({ default: (await import('./panels/dock/Dock.tsx')).Dock }));

function showView(view: string): void {
  if (view === 'design' || view === 'unrolled' || view === 'code') workspaceStore.setState({ view });
}

function LazyCode(): React.JSX.Element {
  return (
    <Suspense fallback={<p className="workspace-wait">Loading the editor…</p>}>
      <CodeView />
    </Suspense>
  );
}

function LazyUnrolled(): React.JSX.Element {
  return (
    <Suspense fallback={<p className="workspace-wait">Unrolling…</p>}>
      <UnrolledView />
    </Suspense>
  );
}

/** The window with a project open: blocks on the left, the drawing, its inspector, what training shows below, and a lesson where the project has one. */
export function Workspace(): React.JSX.Element {
  const view = useWorkspace((workspace) => workspace.view);
  const hidden = useHiddenControls();
  const tabs = [
    { id: 'design', label: 'Design', content: <Canvas /> },
    { id: 'unrolled', label: 'Unrolled', content: <LazyUnrolled /> },
    { id: 'code', label: 'Code', content: <LazyCode /> },
  ].filter(({ id }) => !hidden.some((control) => control === id));
  // The unrolled view has details of its own, and no use for blocks.
  const alone = view === 'unrolled';
  return (
    <PictureContext value={useSavePicture()}>
      <div className="workspace">
        <TopBar logo={<Logo />} />
        <RunBanner />
        <DataBanner />
        <div className="workspace-body">
          <div className="workspace-main">
            <div className="workspace-middle" data-hidden={alone ? 'palette inspector' : hidden.join(' ')}>
              {alone || hidden.includes('palette') ? null : (
                <aside className="workspace-palette" aria-label="Blocks">
                  <Palette />
                </aside>
              )}
              <main className="workspace-centre">
                <Tabs
                  label="Views of the model"
                  value={tabs.some(({ id }) => id === view) ? view : 'design'}
                  onChange={showView}
                  tabs={tabs}
                  aside={<DesignNote />}
                />
              </main>
              {alone || hidden.includes('inspector') ? null : (
                <aside className="workspace-inspector" aria-label="Inspector">
                  <Inspector />
                </aside>
              )}
            </div>
            <DockFrame>
              <Suspense>
                <Dock />
              </Suspense>
            </DockFrame>
          </div>
          <LessonColumn />
        </div>
      </div>
    </PictureContext>
  );
}
