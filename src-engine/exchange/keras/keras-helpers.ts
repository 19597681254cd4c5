/** The Python that generated Keras models share; only what a model needs goes into its file. Rows are padded: x is [B,T,F], lengths [B]. */
export const KERAS_HELPERS = {
  mask: `def mask(x, lengths):
    """[B,T], true within each row's length: a masked step changes no state."""
    return ops.arange(ops.shape(x)[1])[None] < lengths[:, None]`,
  one_step_back: `def one_step_back(targets):
    """What a decoder reads, [B,T]: 1 + the class wanted one step before, 0 at the first step and where there is none."""
    return ops.pad(ops.maximum(targets[:, :-1] + 1, 0), [[0, 0], [1, 0]])`,
  flip: `def flip(x, lengths):
    """Each row backwards within its own length."""
    steps = ops.arange(ops.shape(x)[1])[None]
    ends = lengths[:, None]
    places = ops.where(steps < ends, ends - 1 - steps, steps)
    return ops.take_along_axis(x, places[:, :, None], axis=1)`,
  last_step: `def last_step(x, lengths):
    """The last valid step of each row, [B,F]."""
    return ops.take_along_axis(x, (lengths - 1)[:, None, None], axis=1)[:, 0]`,
  mean_pool: `def mean_pool(x, lengths):
    """Mean over the valid steps, [B,F]."""
    valid = ops.cast(mask(x, lengths), x.dtype)
    return ops.sum(x * valid[:, :, None], axis=1) / ops.cast(lengths, x.dtype)[:, None]`,
  max_pool: `def max_pool(x, lengths):
    """Largest valid value of each feature, [B,F]."""
    return ops.max(ops.where(mask(x, lengths)[:, :, None], x, -float("inf")), axis=1)`,
  AttentionPool: `class AttentionPool(layers.Layer):
    """Mean over the valid steps, weighted by softmax over t of v . tanh(W x_t)."""

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], shape[-1]), name="kernel")
        self.vector = self.add_weight(shape=(shape[-1],), name="vector")

    def call(self, x, lengths):
        scores = ops.sum(ops.tanh(ops.matmul(x, self.kernel)) * self.vector, axis=-1)
        weights = ops.softmax(ops.where(mask(x, lengths), scores, -float("inf")), axis=1)
        return ops.sum(weights[:, :, None] * x, axis=1)`,
  LSTMVariant: `class LSTMVariant(layers.Layer):
    """An LSTM cell whose gates may see the cell state (peephole) and whose input gate may be 1 - f (coupled). Gates i, f, c, o."""

    def __init__(self, units, peephole, coupled):
        super().__init__()
        self.units, self.peephole, self.coupled = units, peephole, coupled
        self.state_size, self.output_size = [units, units], units

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 4 * self.units), name="kernel")
        self.recurrent = self.add_weight(shape=(self.units, 4 * self.units), name="recurrent")
        self.bias = self.add_weight(shape=(4 * self.units,), name="bias")
        self.seen = [self.add_weight(shape=(self.units,), name=name) for name in ("ci", "cf", "co")] if self.peephole else None

    def call(self, x, states, training=False):
        h, c = states
        i, f, g, o = ops.split(ops.matmul(x, self.kernel) + ops.matmul(h, self.recurrent) + self.bias, 4, axis=-1)
        of_i, of_f, of_o = self.seen or (0.0, 0.0, 0.0)
        f = ops.sigmoid(f + of_f * c)
        i = 1 - f if self.coupled else ops.sigmoid(i + of_i * c)
        c = f * c + i * ops.tanh(g)
        h = ops.sigmoid(o + of_o * c) * ops.tanh(c)
        return h, [h, c]`,
} as const;

export type KerasHelper = keyof typeof KERAS_HELPERS;

/** What a helper calls. */
const NEEDS: Readonly<Partial<Record<KerasHelper, readonly KerasHelper[]>>> = { mean_pool: ['mask'], max_pool: ['mask'], AttentionPool: ['mask'] };

export function kerasHelpers(wanted: Iterable<KerasHelper>): readonly string[] {
  const all = new Set<KerasHelper>(wanted);
  for (const helper of all) for (const needed of NEEDS[helper] ?? []) all.add(needed);
  return Object.entries(KERAS_HELPERS).flatMap(([name, text]) => (all.has(name as KerasHelper) ? [text] : []));
}

/** How Unroll's arrays become those of a Keras layer, in the order of its \`get_weights\`. */
export const WEIGHT_FUNCTIONS = {
  simple_rnn: `def simple_rnn(read):
    return [read("weight_ih").T, read("weight_hh").T, read("bias")]`,
  gru: `def gru(read):
    """Gates r, z, n here and z, r, n in Keras; a bias of the state where the candidate resets after the product."""
    turned = lambda array: np.concatenate([np.split(array, 3)[gate] for gate in (1, 0, 2)])
    bias, ofState = turned(read("bias")), read("bias_hn", None)
    if ofState is not None:
        bias = np.stack([bias, np.concatenate([np.zeros(2 * len(ofState), ofState.dtype), ofState])])
    return [turned(read("weight_ih")).T, turned(read("weight_hh")).T, bias]`,
  lstm: `def lstm(read):
    """Gates i, f, g, o in both."""
    seen = [read(name, None) for name in ("weight_ci", "weight_cf", "weight_co")]
    return [read("weight_ih").T, read("weight_hh").T, read("bias")] + [array for array in seen if array is not None]`,
  dense: `def dense(read):
    return [read("weight").T, read("bias")]`,
  embedding: `def embedding(read):
    return [read("weight")]`,
  decoder_embedding: `def decoder_embedding(read):
    return [read("embedding")]`,
  norm: `def norm(read):
    return [read("weight"), read("bias")]`,
  attention: `def attention(read):
    return [read("weight").T, read("vector")]`,
} as const;

export type WeightFunction = keyof typeof WEIGHT_FUNCTIONS;
