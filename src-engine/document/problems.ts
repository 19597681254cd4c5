import type { NodeId, ParamValue, WireId } from './project.ts';

/** A mistake of the user, as a value: what happened, where, what to do. The code is stable: people search for it. */
export interface Problem {
  /** `U001` ...; see `PROBLEM_TITLES` for the table. */
  readonly code: ProblemCode;
  readonly node: NodeId | null;
  readonly wire: WireId | null;
  /** Path into the file that was read, e.g. `graph.nodes[3].params.units`; null where the place is a node or wire. */
  readonly path: string | null;
  /** One sentence: what is wrong, with the numbers or shapes that show it. */
  readonly message: string;
  /** One sentence: what to do about it. */
  readonly fix: string;
  /** A fix the window can carry out in one click, where there is one. */
  readonly remedy: Remedy | null;
}

/** Insert a node of `kind` on the wire `from` -> `to`. */
export interface Remedy {
  readonly kind: 'insert';
  readonly node: string;
  readonly label: string;
  /** Options of the new node that differ from their defaults. */
  readonly params?: Readonly<Record<string, ParamValue>> | undefined;
}

/** The numbered table of everything a user can get wrong. Never renumber. */
export const PROBLEM_TITLES = {
  U001: 'not valid JSON',
  U002: 'not an Unroll file',
  U003: 'made by a newer version',
  U004: 'a value of the wrong kind or outside its bounds',
  U005: 'too large or too deep to read',
  U006: 'a forbidden key',
  U007: 'an id used twice',
  U008: 'a wire that ends nowhere',
  U009: 'an unknown kind of block',
  U010: 'a cycle',
  U011: 'a port that nothing feeds',
  U012: 'a port fed twice',
  U013: 'wire types that do not fit',
  U014: 'shapes that do not fit',
  U015: 'a block inside something that is not a block, or inside itself',
  U016: 'an empty block',
  U017: 'a block inside another that cannot hold it',
  U018: 'no input',
  U019: 'no head, or more than one',
  U020: 'a head that does not fit the data',
  U021: 'an input that does not fit the data',
  U022: 'an option this block does not have',
  U023: 'a block that no path joins to the head',
  U024: 'no data',
  U025: 'a wire across the edge of a block, or against the order of the blocks in it',
  U026: 'a choice that works but that another serves better',
  U027: 'a block that cannot be switched off',
  U028: 'steps of the inputs where the targets have steps of their own',
  U030: 'a data set that is not there',
  U031: 'data that cannot be read',
  U032: 'data too small for its window or split',
  U033: 'a data file that is not where the project says',
  U034: 'a data file that has changed since it was imported',
  U035: 'data that does not fit in memory',
  U036: 'the reading of data was cancelled',
  U040: 'a training setting outside its bounds',
  U041: 'a model that does not fit in memory',
  U042: 'a model file that is damaged',
  U043: 'parameters of the wrong shape',
  U044: 'a text that this model cannot read or go on with',
  U045: 'a forecast that cannot be fed back',
  U046: 'an export that does not answer as the model does',
  U047: 'a block whose memory cannot be measured',
  U048: 'a model from elsewhere that cannot be drawn here',
  U050: 'a command used wrongly',
  U051: 'a file that cannot be read or written',
  U060: 'the engine stopped',
} as const;

export type ProblemCode = keyof typeof PROBLEM_TITLES;

export function problem(
  code: ProblemCode,
  message: string,
  fix: string,
  place: { readonly node?: NodeId; readonly wire?: WireId; readonly path?: string; readonly remedy?: Remedy } = {},
): Problem {
  return {
    code,
    message,
    fix,
    node: place.node ?? null,
    wire: place.wire ?? null,
    path: place.path ?? null,
    remedy: place.remedy ?? null,
  };
}

/** Thrown to carry problems to a boundary (command line, host) that shows them; never shown as a stack trace. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((each) => `${each.code} ${each.message}`).join('\n'));
    this.name = 'ProblemError';
    this.problems = problems;
  }
}
