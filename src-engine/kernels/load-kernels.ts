/** The kernels this machine can run. */
export type Kernels =
  | {
      readonly kind: 'relaxed' | 'simd';
      readonly module: WebAssembly.Module;
      /** V8 joins the kernels' adjacent vectors into 256 bits: the wider tiles are the faster ones. The results have the same bits. */
      readonly wide?: boolean;
    }
  | { readonly kind: 'reference' };

export interface KernelFiles {
  /** Relaxed-SIMD build: fused multiply-add. */
  readonly relaxed: Uint8Array<ArrayBuffer>;
  readonly simd: Uint8Array<ArrayBuffer>;
}

/** The fastest kernels that validate here: relaxed SIMD, plain SIMD, else the reference. `force` picks one, for tests and comparison. */
export async function loadKernels(files: KernelFiles, force?: Kernels['kind']): Promise<Kernels> {
  if (force === 'reference') return { kind: 'reference' };
  for (const kind of ['relaxed', 'simd'] as const) {
    if (force !== undefined && force !== kind) continue;
    if (WebAssembly.validate(files[kind])) return { kind, module: await WebAssembly.compile(files[kind]) };
  }
  if (force !== undefined) throw new Error(`this machine cannot run the ${force} kernels`);
  return { kind: 'reference' };
}
