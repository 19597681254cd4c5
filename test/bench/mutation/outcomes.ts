import type { Drawn } from './draw.ts';
import { intervalOf } from './interval.ts';
import type { Line } from './plan.ts';

/** How a mutant was noticed: a test fails, a test takes twenty times as long, or the type checker refuses it. */
type How = 'fails' | 'late' | 'types';

/** What is known of each mutant that is asked about. */
export class Outcomes {
  readonly asked: readonly Drawn[];
  /** Tests that fail without any mutant: they say nothing. */
  readonly ownFailures = new Set<string>();
  /** Mutants for which the time given was too short. */
  readonly cutOff = new Set<number>();
  private readonly noticed = new Map<number, { readonly how: How; readonly by: string }>();
  private readonly reached = new Set<number>();

  constructor(asked: readonly Drawn[]) {
    this.asked = asked;
  }

  take(lines: readonly Line[]): void {
    for (const line of lines) {
      if (line.what === 'fails' || line.what === 'late') this.notice(line.id, line.what, `${line.file}: ${line.test}`);
      for (const id of 'ids' in line ? line.ids : [line.id]) this.reached.add(id);
    }
  }

  notice(id: number, how: How, by: string): void {
    if (!this.noticed.has(id)) this.noticed.set(id, { how, by });
  }

  /** Those that nothing has noticed yet. */
  get open(): readonly Drawn[] {
    return this.asked.filter(({ id }) => !this.noticed.has(id));
  }

  isOpen(id: number): boolean {
    return !this.noticed.has(id);
  }

  /** Whether any test at all reaches it. */
  isReached(id: number): boolean {
    return this.reached.has(id);
  }

  /** Each mutant with what came of it. */
  list(): readonly object[] {
    return this.asked.map((mutant) => {
      const found = this.noticed.get(mutant.id);
      const otherwise = this.cutOff.has(mutant.id) ? 'untried' : this.reached.has(mutant.id) ? 'survived' : 'unreached';
      return { ...mutant, state: found?.how ?? otherwise, by: found?.by };
    });
  }

  /** A line for each room: of what was not tried to the end, some may still be noticed, so that its share is the least it can be. */
  summary(rooms: readonly string[]): readonly string[] {
    return rooms.map((room) => {
      const here = this.asked.filter((mutant) => mutant.room === room);
      const count = (how: How): number => here.filter(({ id }) => this.noticed.get(id)?.how === how).length;
      const noticed = here.filter(({ id }) => this.noticed.has(id)).length;
      const [low, high] = intervalOf(noticed, here.length).map((share) => (100 * share).toFixed(0));
      const how = `${String(count('fails'))} by a test that fails, ${String(count('late'))} by one that stands still, ${String(count('types'))} by types`;
      const open = here.filter(({ id }) => this.isOpen(id));
      const cutOff = open.filter(({ id }) => this.cutOff.has(id)).length;
      const unreached = open.filter(({ id }) => !this.cutOff.has(id) && !this.reached.has(id)).length;
      const share = `${((100 * noticed) / here.length).toFixed(0)} % (95 % interval ${low ?? ''} to ${high ?? ''})`;
      return `${room}: ${String(noticed)} of ${String(here.length)} noticed, ${share}: ${how}; of the others no test reaches ${String(unreached)}, and ${String(cutOff)} were not tried to the end`;
    });
  }
}
