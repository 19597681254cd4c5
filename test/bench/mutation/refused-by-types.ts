import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { Drawn } from './draw.ts';
import type { Mutant } from './find-mutants.ts';

/** The module with one mutant in it for good. */
function mutatedText(text: string, { start, end, replacement, guard }: Mutant): string {
  const standing = { skip: ';', return: '{}', continue: '{}' };
  return text.slice(0, start) + (guard === undefined ? `(${replacement})` : standing[guard]) + text.slice(end);
}

/** The mutants that the type checker refuses, in the module itself or in one that imports it: `npm test -- types` notices them. */
export function refusedByTypes(mutants: readonly Drawn[], tell: (mutant: Drawn) => void): void {
  const root = process.cwd();
  const { config } = ts.readConfigFile('tsconfig.engine.json', (path) => ts.sys.readFile(path)) as { config: unknown };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const texts = new Map(fileNames.map((file) => [file, readFileSync(file, 'utf8')]));
  let awake: { readonly path: string; readonly text: string; readonly version: number } | null = null;
  const textOf = (path: string): string | undefined => (path === awake?.path ? awake.text : (texts.get(path) ?? ts.sys.readFile(path)));
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => fileNames,
    getScriptVersion: (path) => (path === awake?.path ? String(awake.version) : '0'),
    getScriptSnapshot: (path) => {
      const text = textOf(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (path) => ts.sys.fileExists(path),
    readFile: (path) => ts.sys.readFile(path),
    directoryExists: (path) => ts.sys.directoryExists(path),
  });
  const imports = new Map(fileNames.map((file) => [file, importsOf(file, texts.get(file) ?? '')]));
  for (const [place, mutant] of mutants.entries()) {
    const path = join(root, mutant.file);
    awake = { path, text: mutatedText(texts.get(path) ?? '', mutant), version: place + 1 };
    const importers = fileNames.filter((file) => imports.get(file)?.includes(path) === true);
    if ([path, ...importers].some((file) => service.getSyntacticDiagnostics(file).length > 0 || service.getSemanticDiagnostics(file).length > 0)) tell(mutant);
  }
}

function importsOf(file: string, text: string): string[] {
  return ts.preProcessFile(text, false, false).importedFiles.map(({ fileName }) => join(dirname(file), fileName));
}
