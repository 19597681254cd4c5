import type { z } from 'zod';
import type { AssetReader } from '../dataset.ts';

/** A JSON file of built-in data, checked: a damaged installation throws here. */
export async function readJsonAsset<T>(assets: AssetReader, name: string, schema: z.ZodType<T>): Promise<T> {
  const value: unknown = JSON.parse(new TextDecoder().decode(await assets(name)));
  return schema.parse(value);
}
