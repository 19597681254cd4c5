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

/** Hands a file to the person; the project's name is put before `name`. */
export type SavePicture = (name: string, format: PictureFormat, content: Blob) => void;

/** Null where nothing can be saved. */
export const PictureContext = createContext<SavePicture | null>(null);

/** Pixels of a PNG for each unit of the SVG it is drawn from. */
const DENSITY = 2;

const types: Readonly<Record<PictureFormat, string>> = { png: 'image/png', svg: 'image/svg+xml', csv: 'text/csv' };

export async function pictureFile({ svg, csv }: Picture, format: PictureFormat): Promise<Blob> {
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
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob === null) reject(new Error('the picture could not be written as PNG'));
        else resolve(blob);
      }, types.png);
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
