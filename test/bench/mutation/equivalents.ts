/** A mutant that changes nothing anybody could see, with the reason: it is drawn like the others, and then left out of the score. */
export interface Equivalent {
  readonly file: string;
  readonly original: string;
  readonly replacement: string;
  readonly reason: string;
}

export const EQUIVALENTS: readonly Equivalent[] = [
  {
    file: 'src-engine/train/model-state.ts',
    original: '64',
    replacement: '(64 + 1)',
    reason: 'How many compiled programs are kept for use again: one more costs memory, and changes no number.',
  },
  {
    file: 'src-engine/exchange/read-onnx/read-onnx.ts',
    original: '260',
    replacement: '(260 + 1)',
    reason: 'How far apart the blocks of an imported model are drawn, in pixels.',
  },
];
