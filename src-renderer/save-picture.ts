import { useCallback } from 'react';
import { toast } from 'sonner';
import { browserFiles } from './browser-files.ts';
import type { PictureFormat, SavePicture } from './charts/pictures/picture.ts';
import { useAsk, type Ask } from './state/ask-context.ts';
import { documentStore } from './state/document-store.ts';
import { tellProblems } from './window-commands.ts';

/** `Sine waves` and `gradients of Run 1` make `sine-waves-gradients-of-run-1`. */
function pictureName(project: string, name: string): string {
  const plain = plainName(project);
  return `${plain === '' ? 'untitled' : plain}-${plainName(name)}`;
}

/** Of at most 90 characters: letters and digits, with hyphens between. */
function plainName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 90)
    .replaceAll(/^-|-$/gu, '');
}

/** Hands a chart to the host, which asks where to, or to the browser's downloads. */
export function useSavePicture(): SavePicture {
  const ask = useAsk();
  return useCallback(
    (name, format, content) => {
      void save(ask, { name: pictureName(documentStore.getState().project.name, name), format, content });
    },
    [ask],
  );
}

interface PictureFile {
  readonly name: string;
  readonly format: PictureFormat;
  readonly content: Blob;
}

async function save(ask: Ask, { name, format, content }: PictureFile): Promise<void> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  const reply = await ask('picture.save', { name, format, content: base64Of(bytes) });
  if (!reply.ok) {
    tellProblems(reply.problems);
    return;
  }
  const { saved, download } = reply.value;
  if (saved === null) return;
  if (download !== null) browserFiles(window).download(saved.name, bytes);
  toast.success(`Saved ${saved.name}`);
}

/** In pieces: a call takes only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
