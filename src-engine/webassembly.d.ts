/** The part of WebAssembly's JavaScript interface that the engine uses, as TypeScript declares it, which does so only together with the DOM. */
declare namespace WebAssembly {
  type BufferSource = ArrayBuffer | ArrayBufferView<ArrayBuffer>;

  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}

  interface MemoryDescriptor {
    initial: number;
    maximum?: number;
    shared?: boolean;
  }

  class Memory {
    constructor(descriptor: MemoryDescriptor);
    readonly buffer: ArrayBuffer | SharedArrayBuffer;
    grow(pages: number): number;
  }

  type ExportValue = Function | Memory;
  type ImportValue = Function | Memory | number;

  class Module {
    constructor(bytes: BufferSource);
  }

  class Instance {
    constructor(module: Module, imports?: Record<string, Record<string, ImportValue>>);
    readonly exports: Record<string, ExportValue>;
  }

  function validate(bytes: BufferSource): boolean;
  function compile(bytes: BufferSource): Promise<Module>;
}
