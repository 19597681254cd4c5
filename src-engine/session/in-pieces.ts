import { problem, ProblemError } from '../document/problems.ts';
import type { Turns } from '../train/turns.ts';

/** Milliseconds of one piece of the work, about: between two, messages and training have their turn. */
const PIECE = 25;

/** The part of a session's surroundings that work in pieces needs; `now` in milliseconds. */
export interface Pace {
  readonly now: () => number;
  readonly later: (work: () => void) => void;
}

/** All of the work, piece by piece. Throws ProblemError U024 where `isOpen` turns false meanwhile; `what` names the work. */
export function inPieces<T>(work: Turns<T>, pace: Pace, isOpen: () => boolean, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const piece = (): void => {
      try {
        if (!isOpen()) throw new ProblemError([problem('U024', `The project was closed before ${what} measured.`, 'Ask again.')]);
        for (const end = pace.now() + PIECE; ;) {
          const next = work.next();
          if (next.done === true) {
            resolve(next.value);
            return;
          }
          if (pace.now() >= end) break;
        }
        pace.later(piece);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    piece();
  });
}
