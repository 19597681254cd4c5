import { useMemo } from 'react';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import type { DataSummary } from '../../src-engine/session/protocol.ts';
import type { RequestOf } from '../../src-main/contract.ts';
import { useUnrolled } from '../state/unrolled-store.ts';

type Given = RequestOf<'session.debug'>['input'];

/** Examples there are to choose from in each part. */
export function countOf({ counts }: DataSummary, part: 'train' | 'validation' | 'test'): number {
  return Math.max(1, counts[part]);
}

/** A text to type into, where the model reads text. */
export function canType({ input }: DataSignature): boolean {
  return input.kind === 'tokens';
}

/** The example that is walked through; null where the typed text is empty. */
export function useGivenExample(signature: DataSignature, data: DataSummary): Given | null {
  const part = useUnrolled((unrolled) => unrolled.part);
  const example = useUnrolled((unrolled) => unrolled.example);
  const typed = useUnrolled((unrolled) => unrolled.text) ?? data.samples[0]?.text ?? '';
  const isTyped = part === 'typed' && canType(signature);
  return useMemo(() => {
    if (isTyped) return typed.trim() === '' ? null : { text: typed };
    const chosen = part === 'typed' ? 'train' : part;
    return { part: chosen, example: Math.min(example, countOf(data, chosen)) - 1 };
  }, [isTyped, typed, part, example, data]);
}
