import type { BrowserWindow, Dialog, FileFilter } from 'electron';
import type { DataWish } from '../host/files/data-files.ts';
import type { FileDialogs } from '../host/files/project-files.ts';

const PROJECT: FileFilter = { name: 'Unroll project', extensions: ['unroll'] };
const CHECKPOINT: FileFilter = { name: 'Checkpoint', extensions: ['checkpoint', 'previous'] };

/** What the window writes that is no model. */
const WRITTEN: Readonly<Record<string, string>> = { png: 'Picture', svg: 'Drawing', csv: 'Table' };

/** The system's dialogs, before the window where there is one. */
export function systemDialogs(dialog: Dialog, window: () => BrowserWindow | null): FileDialogs {
  const open = async (filter: FileFilter): Promise<string | null> => {
    const options = { filters: [filter], properties: ['openFile' as const] };
    const parent = window();
    const { canceled, filePaths } = parent === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(parent, options);
    return canceled ? null : (filePaths[0] ?? null);
  };
  const save = async (filter: FileFilter, suggestedName: string): Promise<string | null> => {
    const options = { filters: [filter], defaultPath: suggestedName, properties: ['showOverwriteConfirmation' as const] };
    const parent = window();
    const { canceled, filePath } = parent === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(parent, options);
    return canceled || filePath === '' ? null : filePath;
  };
  return {
    chooseProjectToOpen: () => open(PROJECT),
    chooseCheckpointToOpen: () => open(CHECKPOINT),
    chooseProjectToSave: (suggestedName) => save(PROJECT, suggestedName),
    chooseModelToSave: (suggestedName) => {
      const extension = suggestedName.slice(suggestedName.lastIndexOf('.') + 1);
      return save({ name: WRITTEN[extension] ?? 'Trained model', extensions: [extension] }, suggestedName);
    },
  };
}

const TABLES: FileFilter = { name: 'Tables and texts', extensions: ['csv', 'tsv', 'jsonl', 'ndjson', 'txt'] };
const VECTORS: FileFilter = { name: 'Word vectors', extensions: ['txt', 'bin', 'vec'] };
const ANY: FileFilter = { name: 'All files', extensions: ['*'] };

/** Asks for data to import; no paths where the dialog was cancelled. */
export async function askForData(dialog: Dialog, window: BrowserWindow | null, what: DataWish): Promise<readonly string[]> {
  const properties = what === 'folder' ? (['openDirectory'] as const) : what === 'files' ? (['openFile', 'multiSelections'] as const) : (['openFile'] as const);
  const options = { properties: [...properties], filters: what === 'folder' ? [] : [what === 'vectors' ? VECTORS : TABLES, ANY] };
  const { canceled, filePaths } = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return canceled ? [] : filePaths;
}
