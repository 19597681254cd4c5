/** How one parameter starts. `compile/initial-values.ts` chooses, `train/initialise.ts` draws the numbers. */
export type Initialiser =
  /** Uniform in [-bound, bound). */
  | { readonly kind: 'uniform'; readonly bound: number }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly deviation: number }
  /** Square blocks [H,H], one per gate, each orthogonal (Saxe et al. 2014) or the identity (Le et al. 2015). */
  | { readonly kind: 'orthogonal'; readonly size: number }
  | { readonly kind: 'identity'; readonly size: number }
  /** Square blocks [H,H], one per gate: normal numbers scaled to this spectral radius (Jaeger 2001). */
  | { readonly kind: 'spectral'; readonly size: number; readonly radius: number }
  /** Rows of word vectors that come with the data. */
  | { readonly kind: 'vectors'; readonly name: string }
  /** Uniform, then rows `first .. first + count` set to `value`: an LSTM's forget bias. */
  | { readonly kind: 'uniform-with'; readonly bound: number; readonly first: number; readonly count: number; readonly value: number }
  /** Uniform, then `shift` added to rows `first .. first + count`: the bias of a GRU's update gate. */
  | { readonly kind: 'uniform-plus'; readonly bound: number; readonly first: number; readonly count: number; readonly shift: number };
