import { useEffect } from 'react';
import { droppedFiles } from './picked-files.ts';
import { importModelFile } from './model-commands.ts';
import { useDataActions } from './state/import/import-context.ts';
import { MODEL_FILE } from './state/import/model-import.ts';
import { useFileActions } from './state/workspace/workspace-context.ts';
import { leaveDocument } from './state/workspace/workspace-leave.ts';
import { tellProblems } from './window-commands.ts';

const PROJECT = /\.(unroll|json)$/iu;

/** What is dropped anywhere on the window: a project is opened, a model imported, anything else is data. */
export function useDroppedFiles(): void {
  const files = useFileActions();
  const data = useDataActions();
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      const { dataTransfer } = event;
      const first = dataTransfer?.files[0];
      if (dataTransfer === null || first === undefined) return;
      event.preventDefault();
      if (MODEL_FILE.test(first.name)) {
        void importModelFile(files, first);
        return;
      }
      if (!PROJECT.test(first.name)) {
        void droppedFiles(dataTransfer, window.unroll === undefined).then((dropped) => data.take(dropped.files, dropped.kind));
        return;
      }
      leaveDocument(() => {
        void files.openFile(first).then((outcome) => {
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
  }, [files, data]);
}
