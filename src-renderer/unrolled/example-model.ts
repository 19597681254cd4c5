import { gradientRows } from '../panels/gradients/gradient-rows.ts';
import { quantities, type Quantity, type Scale } from '../panels/gradients/quantities.ts';
import { visible } from '../panels/data/visible-token.ts';
import { formatNumber, formatShare } from '../charts/format-number.ts';
import { probeOf, probesOf } from './debug/debug-probes.ts';
import { isCurrent, reachedAt } from './debug/debug-machine.ts';
import type { DebugScript } from './debug/debug-script.ts';
import { columnOf, type Layout, type NodePlace } from './layout.ts';
import { BLANK, MASKED, shortNumber, type NodeLook } from './paint/node-look.ts';
import type { CopyBars } from './paint/picture.ts';
import { copyKey } from './debug/use-copies.ts';
import type { DebugNodeReply, DebugReply } from './debug/use-debug.ts';
import { shaded, type UnrolledModel } from './unrolled-model.ts';

interface ExampleSources {
  readonly layout: Layout;
  readonly reply: DebugReply;
  readonly script: DebugScript;
  readonly position: number;
  readonly quantity: Quantity;
  readonly scale: Scale;
  /** Whose copies stand as bars under the columns. */
  readonly parameter: string | null;
  readonly copies: ReadonlyMap<string, DebugNodeReply>;
}

/** What is known of a copy as soon as it has run: everything else waits for the gradient. */
const FORWARD: readonly Quantity[] = ['jacobian', 'gates', 'states'];

/** Cells with so few units show their numbers. */
export const FEW_UNITS = 4;

type Cell = DebugReply['cells'][number];
type Answered = DebugReply['outputs'][number]['answer'];

/** The picture of one example at one stage of its walk. */
export function exampleModel(sources: ExampleSources): UnrolledModel {
  const { layout, reply, script, position, quantity, scale, copies } = sources;
  const layers = reply.cells;
  const cellOf = layout.lanes.map(({ path }) => reply.cells.find((cell) => cell.path === path) ?? null);
  const rows = gradientRows(quantity, scale, { frame: probeOf(reply), layers, reply: probesOf(reply), lossStep: null, layer: 0 });
  const masked = (lane: number, t: number): boolean => {
    const found = layout.lanes[lane];
    return found?.kind === 'cell' && t > (cellOf[lane]?.length ?? found.length);
  };
  const shades = shaded({ layout, layers, rows, quantity, masked });
  const forward = FORWARD.includes(quantity);
  const cellLook = (lane: number, t: number): NodeLook => {
    if (masked(lane, t)) return MASKED;
    const reached = reachedAt(script, position, lane, t);
    if (reached === 'nothing') return BLANK;
    if (reached === 'gradient' || forward) return shades.look(lane, t) ?? BLANK;
    return { kind: 'value', text: () => stateText(cellOf[lane] ?? null, t, copies) };
  };
  return {
    layout,
    look: (lane, t) => {
      const kind = layout.lanes[lane]?.kind;
      if (kind === 'cell') return cellLook(lane, t);
      if (kind === 'input') return { kind: 'value', text: () => inputText(reply, layout.lanes[lane]?.steps === 'one' ? null : t) };
      return outputLook(sources, { lane, t });
    },
    said: (place) => said(sources, shades.said, cellOf[place.lane] ?? null, place),
    isCurrent: (lane, t) => isCurrent(script, position, lane, t),
    ownSteps: (lane) => cellOf[lane]?.length ?? null,
    boundaries: reply.windows.slice(1).map(({ from }) => from - 1),
    bars: barsOf(sources),
    followed: followedAt(sources),
  };
}

/** The units of a small cell as numbers, of others the norm. */
function stateText(cell: Cell | null, t: number, copies: ReadonlyMap<string, DebugNodeReply>): string {
  if (cell === null) return '';
  const copy = cell.units <= FEW_UNITS ? copies.get(copyKey({ ...cell, t })) : undefined;
  if (copy !== undefined) return copy.h.map((value) => shortUnit(Number(value))).join('\n');
  return shortNumber(Number(cell.h[t - 1] ?? Number.NaN));
}

/** A state as a lecture writes it: 0.462. */
function shortUnit(value: number): string {
  return Number.isFinite(value) && Math.abs(value) < 100 ? value.toFixed(3).replace('-', '−') : shortNumber(value);
}

export function inputText({ read }: DebugReply, t: number | null): string {
  if (t === null) return read.length === 1 ? (read[0]?.text ?? 'x') : 'x';
  return visible(read[t - 1]?.text ?? '');
}

export function answerText(answer: Answered): string {
  const [first] = answer.ranked;
  if (first !== undefined) return visible(first.class);
  return answer.numbers.map(({ value }) => shortNumber(Number(value))).join('\n');
}

function outputOf({ outputs }: DebugReply, layout: Layout, { lane, t }: NodePlace): DebugReply['outputs'][number] | undefined {
  return layout.lanes[lane]?.steps === 'one' ? outputs.at(-1) : (outputs.find((each) => each.t === t) ?? outputs[t - 1]);
}

function outputLook({ reply, layout, script, position }: ExampleSources, place: NodePlace): NodeLook {
  if (reachedAt(script, position, place.lane, place.t) === 'nothing') return BLANK;
  const single = layout.lanes[place.lane]?.steps === 'one';
  const output = outputOf(reply, layout, place);
  if (output === undefined) return MASKED;
  const [first] = output.answer.ranked;
  const chance = first !== undefined && single ? `\n${formatShare(first.probability, 0)}` : '';
  return { kind: 'value', text: () => `${answerText(output.answer)}${chance}` };
}

function said({ reply, script, position, layout }: ExampleSources, ofScale: (place: NodePlace) => string, cell: Cell | null, place: NodePlace): string {
  const lane = layout.lanes[place.lane];
  if (lane?.kind === 'input') return `“${inputText(reply, lane.steps === 'one' ? null : place.t)}”`;
  const reached = reachedAt(script, position, place.lane, place.t);
  if (lane?.kind === 'output') {
    const output = outputOf(reply, layout, place);
    if (reached === 'nothing' || output === undefined) return 'not answered yet';
    const loss = output.loss === null ? '' : `, loss ${formatNumber(Number(output.loss))}`;
    return `answers ${answerText(output.answer)}${output.target === null ? '' : `, wanted ${visible(output.target)}`}${loss}`;
  }
  if (cell !== null && place.t > cell.length) return 'past the end of this example: masked';
  if (reached === 'nothing') return 'not computed yet';
  const norm = `norm of h ${formatNumber(Number(cell?.h[place.t - 1] ?? Number.NaN))}`;
  return reached === 'value' ? norm : ofScale(place) || norm;
}

function followedAt({ layout, script, position }: ExampleSources): NodePlace | null {
  for (const [lane, { kind, length }] of layout.lanes.entries()) {
    if (kind !== 'cell') continue;
    for (let t = 1; t <= length; t++) if (isCurrent(script, position, lane, t)) return { lane, t };
  }
  return null;
}

/** The cell whose walk back a parameter's copies follow: its own, else that of the first cell. */
export function laneOfParameter(layout: Layout, parameter: string): number {
  const own = layout.lanes.findIndex(({ kind, path }) => kind === 'cell' && parameter.startsWith(`${path}.`));
  return own === -1 ? layout.lanes.findIndex(({ kind }) => kind === 'cell') : own;
}

/** Their room is kept from the start: nothing jumps when they come. */
const NO_BARS: CopyBars = { bars: [], sum: null };

function barsOf({ layout, reply, script, position, parameter, scale }: ExampleSources): CopyBars {
  const found = reply.parameters.find((each) => each.parameter === parameter);
  const lane = found === undefined ? -1 : laneOfParameter(layout, found.parameter);
  const placed = layout.lanes[lane];
  const phase = script.stages[position]?.phase;
  if (found?.norms === undefined || found.norms === null || placed === undefined) return NO_BARS;
  if (phase === 'start' || phase === 'forward') return NO_BARS;
  const norms = found.norms.map(Number);
  const running = (found.running ?? []).map(Number);
  const most = largest([...norms, ...running]);
  const { place } = quantities.copies.scale;
  const last = largest(norms.filter((norm) => norm > 0)) || 1;
  const isAdded = (t: number): boolean => reachedAt(script, position, lane, t) === 'gradient';
  const latest = latestAdded(script, position, lane);
  const sum = latest === null ? 0 : (running[latest - 1] ?? 0);
  return {
    bars: norms.flatMap((norm, index) => {
      if (Number.isNaN(norm) && index >= placed.length) return [];
      const t = index + 1;
      const shade = Number.isFinite(norm) ? (scale === 'row' ? norm / last : place(norm)) : Number.NaN;
      return [{ column: columnOf(placed, t), height: Number.isFinite(norm) && most > 0 ? norm / most : 1, place: shade, added: isAdded(t) }];
    }),
    sum: {
      height: most > 0 && Number.isFinite(sum) ? sum / most : 0,
      place: Number.isFinite(sum) ? place(sum) : Number.NaN,
      text: latest === null ? '0' : shortNumber(sum),
    },
  };
}

/** The step whose copy was added last at a position; null before the first. */
export function latestAdded({ gradientAt }: DebugScript, position: number, lane: number): number | null {
  let best: number | null = null;
  const stages = gradientAt[lane] ?? new Int32Array();
  for (const [index, stage] of stages.entries()) {
    if (stage <= position && (best === null || stage >= (stages[best - 1] ?? 0))) best = index + 1;
  }
  return best;
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => (Number.isFinite(value) && value > most ? value : most), 0);
}
