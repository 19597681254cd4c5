import { registerHooks } from 'node:module';
import type { ElectronDouble } from './electron-double.ts';

const doubles = new Map<number, ElectronDouble>();
const hooked = { yet: false };

/** The double that a module of the query `?run=N` belongs to. */
export function doubleOf(url: string): ElectronDouble {
  const double = doubles.get(runOf(url) ?? NaN);
  if (double === undefined) throw new Error(`no app was started for ${url}`);
  return double;
}

/** From now on an app that is imported with `?run=N` finds this double in place of `electron`. Gives N. */
export function addDouble(double: ElectronDouble): number {
  const run = doubles.size;
  doubles.set(run, double);
  if (!hooked.yet) hookElectron();
  hooked.yet = true;
  return run;
}

function hookElectron(): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const run = runOf(context.parentURL ?? '');
      if (run === null || (specifier !== 'electron' && specifier !== 'electron-updater')) return next(specifier, context);
      const url = new URL(`./${specifier}.ts?run=${run}`, import.meta.url).href;
      return { url, format: 'module-typescript', shortCircuit: true };
    },
  });
}

function runOf(url: string): number | null {
  const found = /[?&]run=(\d+)$/u.exec(url)?.[1];
  return found === undefined ? null : Number(found);
}
