import { z } from 'zod';
import type { AssetReader } from './dataset.ts';

/** Text assets are written as ASCII (other characters escaped as JSON does), because the engine has no text decoder of its own. */
export async function readJsonAsset<T>(assets: AssetReader, name: string, schema: z.ZodType<T>): Promise<T> {
  const value: unknown = JSON.parse(decodeAscii(await assets(name)));
  return schema.parse(value);
}

const CHUNK = 8192;

function decodeAscii(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return text;
}
