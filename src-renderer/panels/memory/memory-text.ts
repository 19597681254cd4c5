import type { MemoryReply } from '../../../src-engine/session/protocol.ts';

type Decay = MemoryReply['points'][number]['before'];

/** What the gradient of the cell does: before training, measured at the longest lag tried; after it learned the longest lag that held. */
export function decaysOf({ points, remembers }: Pick<MemoryReply, 'points' | 'remembers'>): { readonly before: Decay | null; readonly after: Decay | null } {
  return { before: points.at(-1)?.before ?? null, after: points.find(({ lag }) => lag === remembers)?.after ?? null };
}

/** Steps after which a gradient that changes this little is not worth a figure. */
const ENDLESS = 1000;

function stepsText(count: number): string {
  const text = count < 10 ? count.toFixed(1) : String(Math.round(count));
  return `${text} ${text === '1.0' ? 'step' : 'steps'}`;
}

/** `halves every 2.1 steps`; null where there is nothing to say. */
export function decayText({ halfLife }: Decay): string | null {
  if (halfLife === null) return null;
  if (Math.abs(halfLife) > ENDLESS) return 'keeps its size';
  return halfLife > 0 ? `halves every ${stepsText(halfLife)}` : `doubles every ${stepsText(-halfLife)}`;
}

const lagText = (lag: number): string => `${String(lag)} ${lag === 1 ? 'step' : 'steps'}`;

function spanText({ remembers, collapsesAt, ended }: MemoryReply): string {
  const unfinished = ended === 'time' || ended === 'cancelled';
  if (remembers === 0 && collapsesAt !== null) return 'Does not remember over a single step.';
  if (collapsesAt === null) return unfinished ? `Remembers ${lagText(remembers)} or more.` : `Remembers ${lagText(remembers)}, the longest lag that was tried.`;
  if (unfinished) return `Remembers ${lagText(remembers)} or more, but not ${String(collapsesAt)}.`;
  return `Remembers up to ${lagText(remembers)}; at ${String(collapsesAt)} recall collapses.`;
}

interface MemoryText {
  readonly title: string;
  readonly sentence: string;
  /** What the gradient says to it. */
  readonly gradient: string | null;
  /** Why this is not the whole answer; null where it is. */
  readonly note: string | null;
}

/** `RNN, 48 units`. */
export function cellTitle({ kind, units }: MemoryReply['cell']): string {
  return `${kind.toUpperCase()}, ${String(units)} ${units === 1 ? 'unit' : 'units'}`;
}

function gradientText(reply: MemoryReply): string | null {
  const { before, after } = decaysOf(reply);
  const [early, late] = [before === null ? null : decayText(before), after === null ? null : decayText(after)];
  if (early === null) return null;
  const first = `Its gradient ${early} before training`;
  return late === null ? `${first}.` : `${first}, and ${late} once it recalls over ${lagText(reply.remembers)}.`;
}

const notes: Readonly<Record<MemoryReply['ended'], string | null>> = {
  found: null,
  longest: null,
  time: 'The time was up before the end was found.',
  cancelled: 'Cancelled before the end was found.',
};

/** The result in words. */
export function memoryText(reply: MemoryReply): MemoryText {
  return { title: cellTitle(reply.cell), sentence: spanText(reply), gradient: gradientText(reply), note: notes[reply.ended] };
}
