import { useEffect, useState } from 'react';
import { useAsk, type Ask } from './ask-context.ts';
import { useRun } from './run-store.ts';

/** Examples that are looked at to see how an input without steps is made up. */
const LOOKED_AT = 40;

/** The first test examples of the data as numbers, [rows][columns], read back from the model's own reading; null until they are there. */
export function useVectorExamples(columns: readonly string[]): readonly (readonly number[])[] | null {
  const ask = useAsk();
  const opened = useRun((run) => run.opened);
  const count = Math.min(LOOKED_AT, opened?.data?.counts.test ?? 0);
  const [held, setHeld] = useState<{ readonly of: typeof opened; readonly rows: readonly (readonly number[])[] } | null>(null);
  useEffect(() => {
    let stopped = false;
    void readRows(ask, columns, count).then((rows) => {
      if (!stopped) setHeld({ of: opened, rows });
    });
    return () => {
      stopped = true;
    };
  }, [ask, columns, count, opened]);
  return held !== null && held.of === opened ? held.rows : null;
}

async function readRows(ask: Ask, columns: readonly string[], count: number): Promise<readonly (readonly number[])[]> {
  const rows: (readonly number[])[] = [];
  for (let example = 0; example < count; example += 1) {
    const reply = await ask('session.classify', { input: { part: 'test', example } });
    if (!reply.ok) return rows;
    rows.push(reply.value.read.map(({ text }, column) => Number(text.slice((columns[column] ?? '').length))));
  }
  return rows;
}
