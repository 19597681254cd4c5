import { useMemo } from 'react';
import type { RequestOf } from '../../../src-main/contract.ts';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { DataSummary } from '../../../src-engine/session/protocol.ts';
import { languageOf } from '../../../src-engine/document/language.ts';
import { useTyped } from '../../state/samples-store.ts';
import { beginningOf } from './sample-kind.ts';

type Given = RequestOf<'session.explain'>['input'];

/** What stands in the text field: what was typed, else the first example of the data; a beginning where the model goes on with it. */
export function useTypedText(signature: DataSignature, data: DataSummary): string {
  const typed = useTyped('text');
  if (typed !== null) return typed;
  const sample = data.samples[0]?.text ?? '';
  return languageOf(signature)?.kind === 'next' ? beginningOf(sample, data.unit) : sample;
}

/** The input that is looked at: the typed text, or an example of the test part where the model reads numbers. Null where the text is empty. */
export function useGiven(signature: DataSignature, data: DataSummary): Given | null {
  const text = useTypedText(signature, data);
  const vector = useTyped('vector');
  const example = useTyped('example');
  const { kind } = signature.input;
  return useMemo(() => {
    if (kind === 'tokens') return text.trim() === '' ? null : { text };
    if (kind === 'vector' && vector !== null) return { vector: [...vector] };
    return { part: 'test', example: example - 1 };
  }, [kind, text, vector, example]);
}
