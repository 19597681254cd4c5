/**
 * The Python that generated models share. Only what a model needs goes into its file, in this order. Letters: B batch, T steps, I inputs,
 * H units. Rows are padded: x is [B,T,F], lengths [B]; a padded step changes no state. Equations: the engine's cells.
 */
export const PYTHON_HELPERS = {
  one_bias: `def one_bias(cell):
    """One bias for each unit, as in Unroll: the second one is 0 and stays 0, but for the candidate's in a GRU."""
    for name, bias in cell.named_parameters():
        if name.startswith("bias_hh"):
            nn.init.zeros_(bias)
            if isinstance(cell, nn.GRU):
                keep = torch.arange(3 * cell.hidden_size) >= 2 * cell.hidden_size
                bias.register_hook(lambda gradient: gradient * keep.to(gradient))
            else:
                bias.requires_grad_(False)
    return cell`,
  run: `def run(cell, x, lengths, start=None):
    """An nn.RNN, nn.GRU or nn.LSTM over padded rows. Hidden states [B,T,H] and the final state: h [B,H], or (h, c)."""
    if start is not None:
        start = tuple(each[None].contiguous() for each in start) if isinstance(start, tuple) else start[None].contiguous()
    packed = nn.utils.rnn.pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    out, state = cell(packed, start)
    out, _ = nn.utils.rnn.pad_packed_sequence(out, batch_first=True, total_length=x.shape[1])
    return out, tuple(each[0] for each in state) if isinstance(state, tuple) else state[0]`,
  run_both: `def run_both(cell, x, lengths, join):
    """A bidirectional layer over padded rows; join makes one output, and one final state, of the two directions'."""
    packed = nn.utils.rnn.pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    out, state = cell(packed)
    out, _ = nn.utils.rnn.pad_packed_sequence(out, batch_first=True, total_length=x.shape[1])
    forward, backward = out.chunk(2, dim=-1)
    return join(forward, backward), tuple(join(*each) for each in state) if isinstance(state, tuple) else join(*state)`,
  run_on: `def run_on(layer, call, x, lengths, states, name):
    """A cell over a window, from the state that the window before left in states, where the new one is left. A row that has ended keeps its own."""
    # Where every row of this process has ended, one is run for nothing: other processes wait for its gradient.
    idle = not bool((lengths > 0).any())
    on = torch.arange(1) if idle else (lengths > 0).nonzero()[:, 0]
    before, here = states.get(name), on.to(x.device)
    pick = lambda state: tuple(each[here] for each in state) if isinstance(state, tuple) else state[here]
    out, state = call(layer, x[here], lengths[on].clamp(min=1), None if before is None else pick(before))
    put = lambda values, into: into.index_copy(0, here, values)
    keep = lambda new, kept: put(new * 0 if idle else new, new.new_zeros(len(x), new.shape[1]) if kept is None else kept)
    if not idle or before is None:
        pairs = zip(state, before or (None, None)) if isinstance(state, tuple) else None
        states[name] = keep(state, before) if pairs is None else tuple(keep(*pair) for pair in pairs)
    return put(out, x.new_zeros(len(x), *out.shape[1:])), states[name]`,
  call_cell: `def call_cell(cell, x, lengths, start):
    return cell(x, lengths, start)`,
  concat: `def concat(forward, backward):
    return torch.cat([forward, backward], dim=-1)`,
  add: `def add(forward, backward):
    return forward + backward`,
  mean: `def mean(forward, backward):
    return (forward + backward) / 2`,
  mask: `def mask(x, lengths):
    """[B,T], true within each row's length."""
    return torch.arange(x.shape[1], device=x.device)[None] < lengths.to(x.device)[:, None]`,
  one_step_back: `def one_step_back(targets):
    """What a decoder reads, [B,T]: 1 + the class wanted one step before, 0 at the first step and where there is none."""
    return nn.functional.pad(targets[:, :-1] + 1, (1, 0)).clamp(min=0)`,
  flip: `def flip(x, lengths):
    """Each row backwards within its own length."""
    steps = torch.arange(x.shape[1], device=x.device)[None]
    ends = lengths.to(x.device)[:, None]
    places = torch.where(steps < ends, ends - 1 - steps, steps)
    return x.gather(1, places[:, :, None].expand_as(x))`,
  last_step: `def last_step(x, lengths):
    """The last valid step of each row, [B,F]."""
    return x[torch.arange(len(x), device=x.device), lengths.to(x.device) - 1]`,
  mean_pool: `def mean_pool(x, lengths):
    """Mean over the valid steps, [B,F]."""
    return (x * mask(x, lengths)[:, :, None]).sum(1) / lengths.to(x)[:, None]`,
  max_pool: `def max_pool(x, lengths):
    """Largest of the valid steps, [B,F]."""
    return x.masked_fill(~mask(x, lengths)[:, :, None], -torch.inf).amax(1)`,
  AttentionPool: `class AttentionPool(nn.Module):
    """Mean over the valid steps, weighted by softmax over t of v . tanh(W x_t)."""

    def __init__(self, features):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(features, features).uniform_(-(features**-0.5), features**-0.5))
        self.vector = nn.Parameter(torch.empty(features).uniform_(-(features**-0.5), features**-0.5))

    def forward(self, x, lengths):
        scores = torch.tanh(x @ self.weight.T) @ self.vector
        weights = torch.softmax(scores.masked_fill(~mask(x, lengths), -torch.inf), dim=1)
        return (weights[:, :, None] * x).sum(1)`,
  Cell: `class Cell(nn.Module):
    """A cell that PyTorch does not have, step by step. weight_ih [G*H,I], weight_hh [G*H,H], bias [G*H]."""

    gates = 1

    def __init__(self, inputs, units):
        super().__init__()
        self.units = units
        drawn = lambda *shape: nn.Parameter(torch.empty(*shape).uniform_(-(units**-0.5), units**-0.5))
        self.weight_ih = drawn(self.gates * units, inputs)
        self.weight_hh = drawn(self.gates * units, units)
        self.bias = drawn(self.gates * units)

    def forward(self, x, lengths, start=None):
        state = start if start is not None else self.first(x)
        products = x @ self.weight_ih.T + self.bias
        valid = mask(x, lengths)
        hidden = []
        for t in range(x.shape[1]):
            state = self.keep(valid[:, t, None], self.step(products[:, t], state), state)
            hidden.append(state[0] if isinstance(state, tuple) else state)
        return torch.stack(hidden, dim=1), state

    def first(self, x):
        return x.new_zeros(len(x), self.units)

    def keep(self, valid, new, old):
        return torch.where(valid, new, old)`,
  SigmoidRNN: `class SigmoidRNN(Cell):
    """h' = sigmoid(x W_ih^T + h W_hh^T + b)"""

    def step(self, product, h):
        return torch.sigmoid(product + h @ self.weight_hh.T)`,
  GRUResetBefore: `class GRUResetBefore(Cell):
    """r, z = sigmoid(.); n = tanh(x W_in^T + (r * h) W_hn^T + b_n); h' = z * h + (1 - z) * n. Gates in the order r, z, n."""

    gates = 3

    def step(self, product, h):
        of_gates, of_candidate = self.weight_hh.split([2 * self.units, self.units])
        r, z = torch.sigmoid(product[:, : 2 * self.units] + h @ of_gates.T).chunk(2, dim=1)
        n = torch.tanh(product[:, 2 * self.units :] + (r * h) @ of_candidate.T)
        return z * h + (1 - z) * n`,
  LSTMVariant: `class LSTMVariant(Cell):
    """LSTM whose gates may see the cell state (peephole) and whose input gate may be 1 - f (coupled). Gates in the order i, f, g, o."""

    gates = 4

    def __init__(self, inputs, units, peephole, coupled):
        super().__init__(inputs, units)
        self.coupled = coupled
        for name in ("weight_ci", "weight_cf", "weight_co"):
            self.register_parameter(name, nn.Parameter(torch.zeros(units)) if peephole else None)

    def first(self, x):
        return x.new_zeros(len(x), self.units), x.new_zeros(len(x), self.units)

    def keep(self, valid, new, old):
        return tuple(torch.where(valid, a, b) for a, b in zip(new, old))

    def step(self, product, state):
        h, c = state
        i, f, g, o = (product + h @ self.weight_hh.T).chunk(4, dim=1)
        seen = self.weight_cf is not None
        f = torch.sigmoid(f + self.weight_cf * c if seen else f)
        i = 1 - f if self.coupled else torch.sigmoid(i + self.weight_ci * c if seen else i)
        c = f * c + i * torch.tanh(g)
        o = torch.sigmoid(o + self.weight_co * c if seen else o)
        return o * torch.tanh(c), c`,
} as const;

export type PythonHelper = keyof typeof PYTHON_HELPERS;

/** What a helper calls. */
const NEEDS: Readonly<Partial<Record<PythonHelper, readonly PythonHelper[]>>> = {
  mean_pool: ['mask'],
  max_pool: ['mask'],
  AttentionPool: ['mask'],
  Cell: ['mask'],
  SigmoidRNN: ['Cell'],
  GRUResetBefore: ['Cell'],
  LSTMVariant: ['Cell'],
};

/** The helpers' definitions with all they need, in an order in which each follows what it uses. */
export function helperTexts(wanted: Iterable<PythonHelper>): readonly string[] {
  const all = new Set<PythonHelper>(wanted);
  for (const helper of all) for (const needed of NEEDS[helper] ?? []) all.add(needed);
  return Object.entries(PYTHON_HELPERS).flatMap(([name, text]) => (all.has(name as PythonHelper) ? [text] : []));
}
