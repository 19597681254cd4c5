import { readFileSync } from 'node:fs';
import { z } from 'zod';

// The package exports its code only, so the file is found by its place.
const FILE = new URL('../../../node_modules/vega-datasets/data/penguins.json', import.meta.url);
const Penguin = z.object({
  Species: z.string(),
  'Beak Length (mm)': z.number().nullable(),
  'Beak Depth (mm)': z.number().nullable(),
  'Flipper Length (mm)': z.number().nullable(),
  'Body Mass (g)': z.number().nullable(),
});

/** The measured columns, in the order of each row. */
const COLUMNS = ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'] as const;

export interface Penguins {
  readonly columns: readonly string[];
  readonly species: readonly string[];
  /** [columns] of each penguin, then the place of its species. */
  readonly rows: readonly (readonly number[])[];
}

/** The penguins of which all four measures were taken (342 of 344). */
export function makePenguins(): Penguins {
  const json: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
  const penguins = z.array(Penguin).parse(json);
  const species = [...new Set(penguins.map(({ Species }) => Species))].sort();
  const rows = penguins.flatMap((penguin) => {
    const measures = COLUMNS.flatMap((column) => penguin[column] ?? []);
    return measures.length === COLUMNS.length ? [[...measures, species.indexOf(penguin.Species)]] : [];
  });
  return { columns: ['beak length (mm)', 'beak depth (mm)', 'flipper length (mm)', 'body mass (g)'], species, rows };
}
