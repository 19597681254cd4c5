/** A cell in one direction, as probes and answers name it. */
export interface ProbeLayer {
  /** Cell path, e.g. `gru1`, or `gru1[0]` inside a repeating stack. */
  readonly layer: string;
  readonly direction: 'forward' | 'backward';
  /** Node id in the document. */
  readonly node: string;
}
