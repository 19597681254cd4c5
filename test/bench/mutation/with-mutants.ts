import type { Mutant } from './find-mutants.ts';

export type NumberedMutant = Mutant & { readonly id: number };

/** The module with all of its drawn mutants asleep in it: `globalThis.mutants.on(id)` says which one is awake, and hears which are reached. */
export function withMutants(text: string, mutants: readonly NumberedMutant[]): string {
  const ordered = [...mutants].sort((a, b) => a.start - b.start || b.end - a.end || a.id - b.id);
  return written(text, 0, text.length, ordered);
}

const isOn = ({ id }: NumberedMutant): string => `globalThis.mutants?.on(${String(id)})`;

function written(text: string, start: number, end: number, mutants: readonly NumberedMutant[]): string {
  let result = '';
  let at = start;
  let next = 0;
  for (let first = mutants[next]; first !== undefined; first = mutants[next]) {
    const { start: from, end: to } = first;
    const rest = mutants.slice(next).filter((mutant) => mutant.start < to);
    const here = rest.filter((mutant) => mutant.start === from && mutant.end === to);
    const original = written(text, from, to, rest.slice(here.length));
    result += text.slice(at, from) + here.reduceRight(wrapped, original);
    at = to;
    next += rest.length;
  }
  return result + text.slice(at, end);
}

function wrapped(original: string, mutant: NumberedMutant): string {
  if (mutant.guard === 'skip') return `if (!${isOn(mutant)}) { ${original} }`;
  if (mutant.guard === undefined) return `(${isOn(mutant)} ? (${mutant.replacement}) : (${original}))`;
  return `{ if (${isOn(mutant)}) ${mutant.guard}; ${original} }`;
}
