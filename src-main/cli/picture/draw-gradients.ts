import type { GradientsValue } from '../../../src-engine/session/probes/gradients.ts';
import { Canvas, TEXT_HEIGHT, textWidth, type Colour } from './canvas.ts';
import { colourAt, placeOnScale, TICKS } from './gradient-scale.ts';
import type { Picture } from './png.ts';

type Value = GradientsValue['gradientNorm'][number]['values'][number];

/** One block of rows under one title. */
interface Block {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly values: readonly Value[] }[];
}

const BACKGROUND: Colour = [255, 255, 255];
const INK: Colour = [28, 30, 36];
const FAINT: Colour = [110, 116, 128];
const HATCH: Colour = [214, 40, 120];

const MARGIN = 24;
const ROW = 28;
/** Between two rows, and between a row and what is beside it. */
const GAP = 2;
const SPACE = 12;
/** The heatmap is made about as wide as this, with cells of whole pixels; a long sequence takes a pixel a step. */
const WIDE = 900;
const WIDEST_CELL = 40;
const LEGEND_WIDTH = 480;
const LEGEND_HEIGHT = 16;
/** Between two numbers of the axis at least. */
const TICK_ROOM = 70;
const NOT_FINITE = 'not finite, or no such step';

/** Heatmaps over the steps: the gradient by each cell's output, its flow from the chosen loss step, and each copy's part in a weight's gradient. */
export function drawGradients(value: GradientsValue, loss: 'all' | 'last' | number): Picture {
  const blocks = blocksOf(value, loss);
  const steps = Math.max(1, ...blocks.flatMap(({ rows }) => rows.map(({ values }) => values.length)));
  const cell = Math.max(1, Math.min(WIDEST_CELL, Math.floor(WIDE / steps)));
  const labels = Math.max(textWidth('step t'), ...blocks.flatMap(({ rows }) => rows.map(({ name }) => textWidth(name))));
  const left = MARGIN + labels + SPACE;
  const blockHeight = ({ rows }: Block): number => TEXT_HEIGHT + SPACE + rows.length * ROW + SPACE + TEXT_HEIGHT + 2 * SPACE;
  const legendTop = MARGIN + blocks.reduce((total, block) => total + blockHeight(block), 0);
  const width = Math.max(
    left + cell * steps + MARGIN,
    left + LEGEND_WIDTH + 2 * SPACE + LEGEND_HEIGHT + 6 + textWidth(NOT_FINITE) + MARGIN,
    ...blocks.map(({ title }) => left + textWidth(title) + MARGIN),
  );
  const canvas = new Canvas(width, legendTop + legendHeight() + MARGIN, BACKGROUND);
  let top = MARGIN;
  for (const block of blocks) {
    drawBlock(canvas, block, { left, top, cell, steps });
    top += blockHeight(block);
  }
  drawLegend(canvas, left, legendTop);
  return canvas;
}

function blocksOf({ gradientNorm, flow, copyGradient }: GradientsValue, loss: 'all' | 'last' | number): readonly Block[] {
  const layers = (rows: GradientsValue['flow']): Block['rows'] =>
    rows.map(({ layer, direction, values }) => ({ name: direction === 'forward' ? layer : `${layer} backward`, values }));
  const from = loss === 'all' || loss === 'last' ? 'the last loss step' : `the loss at t = ${loss}`;
  // A parameter outside the steps has one copy: nothing to spread over them.
  const copies = copyGradient.filter(({ values }) => values.length > 1).map(({ parameter, values }) => ({ name: parameter, values }));
  const blocks = [
    { title: 'dL/dh: norm of the gradient by the state', rows: layers(gradientNorm) },
    { title: `Flow: the same of ${from} alone`, rows: layers(flow) },
    { title: "Each copy's part in the gradient of a weight", rows: copies },
  ];
  return blocks.filter(({ rows }) => rows.length > 0);
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly cell: number;
  readonly steps: number;
}

function drawBlock(canvas: Canvas, { title, rows }: Block, { left, top, cell, steps }: Place): void {
  canvas.text(left, top, title, INK);
  const first = top + TEXT_HEIGHT + SPACE;
  for (const [index, { name, values }] of rows.entries()) {
    const y = first + index * ROW;
    canvas.text(left - SPACE - textWidth(name), y + (ROW - GAP - TEXT_HEIGHT) / 2, name, INK);
    for (const [t, value] of values.entries()) drawCell(canvas, value, left + t * cell, y, cell > 4 ? cell - 1 : cell, ROW - GAP);
  }
  drawSteps(canvas, left, first + rows.length * ROW, cell, steps);
}

function drawCell(canvas: Canvas, value: Value, x: number, y: number, width: number, height: number): void {
  if (typeof value === 'number') canvas.fill(x, y, width, height, colourAt(placeOnScale(value)));
  else canvas.hatch(x, y, width, height, BACKGROUND, HATCH);
}

/** Numbers of steps at round intervals, and the first. */
function drawSteps(canvas: Canvas, left: number, y: number, cell: number, steps: number): void {
  const least = TICK_ROOM / cell;
  const power = 10 ** Math.floor(Math.log10(least));
  const every = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((interval) => interval >= least) ?? least);
  const numbers = [1, ...Array.from({ length: Math.floor(steps / every) }, (_, index) => (index + 1) * every).filter((t) => (t - 1) * cell >= TICK_ROOM / 2)];
  for (const t of numbers) {
    const middle = left + (t - 1) * cell + Math.floor(cell / 2);
    canvas.fill(middle, y, 1, 4, FAINT);
    canvas.text(Math.max(left, middle - Math.floor(textWidth(String(t)) / 2)), y + 6, String(t), FAINT);
  }
  canvas.text(left - SPACE - textWidth('step t'), y + 6, 'step t', FAINT);
}

function legendHeight(): number {
  return TEXT_HEIGHT + SPACE + LEGEND_HEIGHT + 6 + TEXT_HEIGHT + 4;
}

function drawLegend(canvas: Canvas, left: number, top: number): void {
  canvas.text(left, top, 'Norm, on one fixed scale', INK);
  const y = top + TEXT_HEIGHT + SPACE;
  for (let x = 0; x < LEGEND_WIDTH; x++) canvas.fill(left + x, y, 1, LEGEND_HEIGHT, colourAt(x / (LEGEND_WIDTH - 1)));
  for (const tick of TICKS) {
    const x = left + Math.round(placeOnScale(tick) * (LEGEND_WIDTH - 1));
    canvas.fill(x, y + LEGEND_HEIGHT, 1, 4, FAINT);
    const text = tick === 10 ? '10' : `1e${Math.round(Math.log10(tick))}`;
    canvas.text(Math.max(left, x - Math.floor(textWidth(text) / 2)), y + LEGEND_HEIGHT + 6, text, FAINT);
  }
  const hatchAt = left + LEGEND_WIDTH + 2 * SPACE;
  canvas.hatch(hatchAt, y, LEGEND_HEIGHT, LEGEND_HEIGHT, BACKGROUND, HATCH);
  canvas.text(hatchAt + LEGEND_HEIGHT + 6, y + 1, NOT_FINITE, INK);
}
