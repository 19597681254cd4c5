import { useEffect, useState } from 'react';
import { useAsk } from '../../state/ask-context.ts';
import type { DebugNodeReply, DebugReply } from './use-debug.ts';

export interface WantedCopy {
  readonly layer: string;
  readonly direction: 'forward' | 'backward';
  readonly t: number;
}

export const copyKey = ({ layer, direction, t }: WantedCopy): string => `${layer} ${direction} ${t}`;

interface Held {
  readonly id: number;
  readonly copies: ReadonlyMap<string, DebugNodeReply>;
}

/** The insides of copies of an example's cells, asked for one after the other and kept as long as the example is; by `copyKey`. */
export function useCopies(reply: DebugReply | null, wanted: readonly WantedCopy[]): ReadonlyMap<string, DebugNodeReply> {
  const ask = useAsk();
  const id = reply?.id ?? null;
  const [held, setHeld] = useState<Held | null>(null);
  const copies = held !== null && held.id === id ? held.copies : NONE;
  const next = wanted.find((each) => !copies.has(copyKey(each)));
  const key = next === undefined ? null : copyKey(next);
  useEffect(() => {
    if (id === null || key === null) return;
    let stopped = false;
    const [layer = '', direction, t] = key.split(' ');
    void ask('session.debugNode', { id, layer, direction: direction === 'backward' ? 'backward' : 'forward', t: Number(t) }).then((answer) => {
      if (stopped || !answer.ok) return;
      setHeld((before) => ({ id, copies: new Map([...(before?.id === id ? before.copies : NONE), [key, answer.value]]) }));
    });
    return () => {
      stopped = true;
    };
  }, [ask, id, key]);
  return copies;
}

const NONE: ReadonlyMap<string, DebugNodeReply> = new Map();
