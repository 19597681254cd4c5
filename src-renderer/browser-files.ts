import { handOverOf } from './bridge/connect.ts';
import type { BrowserFiles } from './state/workspace/workspace-files.ts';

/** Picking and downloading as a browser does it. */
export function browserFiles(window: Window): BrowserFiles {
  const { document } = window;
  const handOver = handOverOf(window, 'project.open');
  return {
    handOver: handOver === null ? null : (file) => handOver('project', [file]),
    pick: () => pickFile(window, '.unroll,.json,application/json'),
    download: (name, content) => {
      const address = URL.createObjectURL(new Blob([content], { type: typeof content === 'string' ? 'application/json' : 'application/octet-stream' }));
      const link = document.createElement('a');
      link.href = address;
      link.download = name;
      link.click();
      window.setTimeout(() => {
        URL.revokeObjectURL(address);
      }, 60_000);
    },
  };
}

/** The file the person picks, or null. */
export function pickFile({ document }: Window, accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.onchange = () => {
      resolve(input.files?.[0] ?? null);
    };
    input.oncancel = () => {
      resolve(null);
    };
    input.click();
  });
}
