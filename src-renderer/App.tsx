import { lazy, Suspense, useEffect } from 'react';
import { Toaster } from 'sonner';
import { Gallery } from './gallery/Gallery.tsx';
import { ChangedFileDialog } from './panels/ChangedFileDialog.tsx';
import { CommandPalette } from './panels/commands/CommandPalette.tsx';
import { GlossaryDialog } from './panels/glossary/GlossaryDialog.tsx';
import { EndTrainingDialog } from './panels/EndTrainingDialog.tsx';
import { LeaveDialog } from './panels/LeaveDialog.tsx';
import { LogDialog } from './panels/LogDialog.tsx';
import { documentStore } from './state/document-store.ts';
import { useImport } from './state/import/import-store.ts';
import { useTheme } from './state/workspace/workspace-theme.ts';
import { useWorkspace, workspaceStore } from './state/workspace-store.ts';
import { TooltipProvider } from './ui/popups/Tooltip.tsx';
import { useDroppedFiles } from './use-dropped-files.ts';
import { Workspace } from './Workspace.tsx';

const ImportDialog = lazy(async () => ({ default: (await import('./panels/import/ImportDialog.tsx')).ImportDialog }));

export function App(): React.JSX.Element {
  const gallery = useWorkspace((workspace) => workspace.galleryOpen);
  const theme = useTheme();
  const importing = useImport((state) => state.open);
  useDroppedFiles();
  useGalleryExit();
  return (
    <TooltipProvider>
      {gallery ? <Gallery /> : <Workspace />}
      <CommandPalette />
      <LeaveDialog />
      <EndTrainingDialog />
      <ChangedFileDialog />
      <LogDialog />
      <GlossaryDialog />
      {importing ? (
        <Suspense>
          <ImportDialog />
        </Suspense>
      ) : null}
      <Toaster theme={theme} position="top-center" offset={{ top: 92 }} closeButton />
    </TooltipProvider>
  );
}

function leaveGallery(): void {
  if (documentStore.getState().opened > 0) workspaceStore.setState({ galleryOpen: false });
}

/** Escape leaves the gallery. */
function useGalleryExit(): void {
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) leaveGallery();
    };
    window.addEventListener('keydown', leave);
    return () => {
      window.removeEventListener('keydown', leave);
    };
  }, []);
}
