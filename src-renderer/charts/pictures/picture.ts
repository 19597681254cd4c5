import { createContext } from 'react';

export type PictureFormat = 'png' | 'svg' | 'csv';

/** What of a chart can leave the window. */
export interface Picture {
  /** Of the file, behind the project's name: `loss`. */
  readonly name: string;
  /** Written from the data, with axes, names and units. */
  readonly svg: () => string;
  readonly csv: () => string;
}

/** A view that is painted and not drawn: it leaves as it is seen. */
export interface PaintedView {
  readonly name: string;
  readonly png: () => Promise<Blob>;
}

export function formatsOf(picture: Picture | PaintedView): readonly PictureFormat[] {
  return 'png' in picture ? ['png'] : ['png', 'svg', 'csv'];
}

/** Hands a file to the person; the project's name is put before `name`. */
export type SavePicture = (name: string, format: PictureFormat, content: Blob) => void;

/** Null where nothing can be saved. */
export const PictureContext = createContext<SavePicture | null>(null);

/** Pixels of a PNG for each unit of what it is drawn from. */
export const DENSITY = 2;

const types: Readonly<Record<PictureFormat, string>> = { png: 'image/png', svg: 'image/svg+xml', csv: 'text/csv' };

export async function pictureFile(picture: Picture | PaintedView, format: PictureFormat): Promise<Blob> {
  if ('png' in picture) return picture.png();
  const { svg, csv } = picture;
  if (format === 'png') return drawSvg(svg());
  return new Blob([format === 'svg' ? svg() : csv()], { type: types[format] });
}

/** Throws where the browser cannot draw it: a bug in the writer of the SVG. */
async function drawSvg(text: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([text], { type: types.svg }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * DENSITY;
    canvas.height = image.naturalHeight * DENSITY;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await pngOf(canvas);
  } finally {
    URL.revokeObjectURL(address);
  }
}

export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the picture could not be written as PNG'));
      else resolve(blob);
    }, types.png);
  });
}
