import { handOverOf } from './bridge/connect.ts';
import { uploadData, type PickedFile, type Upload } from './bridge/upload.ts';
import type { DataKind, DataPicker } from './state/import/import-actions.ts';

const ordinary: Readonly<Record<DataKind, string>> = {
  file: '.csv,.tsv,.txt,.jsonl,.ndjson,.md,text/*',
  files: '.txt,.csv,.tsv,text/*',
  folder: '',
  vectors: '.txt,.bin,.vec',
};

/** Files as a browser picks them: one, several, or those of a folder with their paths from it on. */
export function browserPicker(window: Window): DataPicker {
  const { document } = window;
  const handOver = handOverOf(window, 'data.choose');
  const given = ({ files }: Upload): readonly File[] => files.map(({ file }) => file);
  return {
    upload: handOver === null ? uploadData : (upload) => handOver(upload.kind, given(upload)),
    pick: (kind) => {
      const { promise, resolve } = Promise.withResolvers<readonly PickedFile[]>();
      const input = document.createElement('input');
      input.type = 'file';
      input.accept = ordinary[kind];
      input.multiple = kind === 'files';
      input.webkitdirectory = kind === 'folder';
      input.onchange = () => {
        resolve([...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file })));
      };
      input.oncancel = () => {
        resolve([]);
      };
      input.click();
      return promise;
    },
  };
}

/** What was dropped: files, or one folder, with all that is in it where it has to be sent. */
export async function droppedFiles(transfer: DataTransfer, sent: boolean): Promise<{ readonly kind: DataKind; readonly files: readonly PickedFile[] }> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const folder = entries.find((entry) => entry.isDirectory);
  if (folder !== undefined && sent) return { kind: 'folder', files: await filesIn(folder) };
  const files = [...transfer.files].map((file) => ({ path: file.name, file }));
  if (folder !== undefined) return { kind: 'folder', files: files.filter(({ path }) => path === folder.name) };
  return { kind: files.length > 1 ? 'files' : 'file', files };
}

async function filesIn(entry: FileSystemEntry): Promise<readonly PickedFile[]> {
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File>((resolve, reject) => {
      entry.file(resolve, reject);
    });
    return [{ path: entry.fullPath.replace(/^\//u, ''), file }];
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const reader = entry.createReader();
  const inside: PickedFile[] = [];
  for (;;) {
    const entries = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (entries.length === 0) return inside;
    for (const each of entries) inside.push(...(await filesIn(each)));
  }
}
