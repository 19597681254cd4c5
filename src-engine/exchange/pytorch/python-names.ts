/** Names that generated Python must leave alone: the language's, the file's own, and what a torch.nn.Module already has. */
const TAKEN: ReadonlySet<string> = new Set(
  [
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda match',
    'nonlocal not or pass raise return try while with yield self torch nn F run run_both run_on call_cell states one_bias flip last_step mask lengths targets steps super len',
    'add_module apply bfloat16 buffers children compile cpu cuda double dump_patches eval extra_repr float forward get_buffer get_parameter',
    'get_submodule half ipu load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters',
    'register_buffer register_forward_hook register_module register_parameter requires_grad_ set_submodule share_memory state_dict to to_empty train',
    'training type xpu zero_grad int bool str list tuple range print min max sum zip slice',
  ]
    .join(' ')
    .split(' '),
);

/** Hands out one Python identifier for each key, near the key's own text, none twice. */
export class PythonNames {
  private readonly byKey = new Map<string, string>();
  private readonly used = new Set<string>();
  private readonly taken: ReadonlySet<string>;

  /** `more`: names that the file or its base class has besides. */
  constructor(more: readonly string[] = []) {
    this.taken = new Set([...TAKEN, ...more]);
  }

  name(key: string): string {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const plain = key.replace(/\W+/gu, '_').replace(/^_+|_+$/gu, '');
    const start = /^[A-Za-z]/u.test(plain) ? plain : `node_${plain}`;
    let name = this.taken.has(start) ? `${start}_` : start;
    for (let count = 2; this.used.has(name); count++) name = `${start}_${count}`;
    this.used.add(name);
    this.byKey.set(key, name);
    return name;
  }
}

/** A user's text inside a Python comment or docstring: one line, without what could end it. */
export function commentText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('\\', '/')
    .replaceAll('"', "'")
    .trim();
}
