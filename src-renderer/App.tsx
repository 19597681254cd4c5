import { useEffect } from 'react';
import { Toaster } from 'sonner';
import { Gallery } from './gallery/Gallery.tsx';
import { CommandPalette } from './panels/commands/CommandPalette.tsx';
import { LeaveDialog } from './panels/LeaveDialog.tsx';
import { documentStore } from './state/document-store.ts';
import { useFileActions } from './state/workspace-context.ts';
import { useTheme } from './state/workspace-theme.ts';
import { leaveDocument } from './state/workspace-leave.ts';
import { useWorkspace, workspaceStore } from './state/workspace-store.ts';
import { TooltipProvider } from './ui/Tooltip.tsx';
import { tellProblems } from './window-commands.ts';
import { Workspace } from './Workspace.tsx';

export function App(): React.JSX.Element {
  const gallery = useWorkspace((workspace) => workspace.galleryOpen);
  const theme = useTheme();
  useDroppedFiles();
  return (
    <TooltipProvider>
      {gallery ? <Gallery /> : <Workspace />}
      <CommandPalette />
      <LeaveDialog />
      <Toaster theme={theme} position="top-center" offset={{ top: 92 }} closeButton />
    </TooltipProvider>
  );
}

function leaveGallery(): void {
  if (documentStore.getState().opened > 0) workspaceStore.setState({ galleryOpen: false });
}

/** A project file dropped anywhere on the window is opened; Escape leaves the gallery. */
function useDroppedFiles(): void {
  const files = useFileActions();
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      leaveDocument(() => {
        void files.openFile(file).then((outcome) => {
          if (outcome.kind === 'refused') tellProblems(outcome.problems);
        });
      });
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [files]);
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
