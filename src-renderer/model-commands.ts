import { toast } from 'sonner';
import type { Command } from './state/commands.ts';
import type { FileActions } from './state/workspace/workspace-files.ts';
import { tellProblems } from './window-commands.ts';

/** Notes of an import that are shown; the rest are counted. */
const MOST_NOTES = 4;

/** Imports a model file and says what came of it. */
export async function importModelFile(files: Pick<FileActions, 'importModel'>, file: File): Promise<void> {
  const waiting = toast.loading(`Importing ${file.name}`);
  const imported = await files.importModel(file).finally(() => toast.dismiss(waiting));
  if ('problems' in imported) {
    tellProblems(imported.problems);
    return;
  }
  const { notes, hasData } = imported;
  const shown = notes.length > MOST_NOTES ? [...notes.slice(0, MOST_NOTES), `${notes.length - MOST_NOTES} more`] : notes;
  const next = hasData ? [] : ['Choose data: the model has its weights as soon as it has data.'];
  toast.success(`Imported ${file.name}`, { description: [...shown, ...next].join(' ') });
}

export function modelCommands(files: Pick<FileActions, 'importModel'>, pick: () => Promise<File | null>): readonly Command[] {
  const choose = async (): Promise<void> => {
    const file = await pick();
    if (file !== null) await importModelFile(files, file);
  };
  return [{ id: 'file.import', title: 'Import a model', group: 'File', shortcuts: [], enabled: () => true, run: () => void choose() }];
}
