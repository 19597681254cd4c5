/**
 * The part of AssemblyScript's compiler that the tests call. The package's own declarations would add the compiler's globals to every file
 * of the layer; tsconfig.test.json puts these in their place.
 */
interface Surroundings {
  readonly stderr?: { write: (text: string | Uint8Array) => void };
  readonly readFile?: (name: string, directory: string) => string | null | Promise<string | null>;
  readonly writeFile?: (name: string, contents: string | Uint8Array, directory: string) => void | Promise<void>;
}

declare const asc: {
  main(args: readonly string[], surroundings: Surroundings): Promise<{ readonly error: Error | null }>;
};

export default asc;
