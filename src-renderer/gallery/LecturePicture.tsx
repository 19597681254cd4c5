import type { ScenarioShape } from '../../src-engine/scenarios/scenario.ts';

/** At which of the columns an input enters and an output leaves. */
interface Columns {
  readonly count: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const shapes: Readonly<Record<ScenarioShape, Columns>> = {
  'one-to-one': { count: 1, inputs: [0], outputs: [0] },
  'one-to-many': { count: 3, inputs: [0], outputs: [0, 1, 2] },
  'many-to-one': { count: 3, inputs: [0, 1, 2], outputs: [2] },
  'many-to-many': { count: 3, inputs: [0, 1, 2], outputs: [0, 1, 2] },
  'encoder-decoder': { count: 5, inputs: [0, 1, 2], outputs: [2, 3, 4] },
};

const box = { width: 20, height: 16 } as const;
const pitch = 34;
const rowOf = { outputs: 0, states: 32, inputs: 64 } as const;

const left = (column: number): number => column * pitch;

function Box({ column, y, colour }: { readonly column: number; readonly y: number; readonly colour: string }): React.JSX.Element {
  return <rect x={left(column)} y={y} width={box.width} height={box.height} rx={4} fill={`var(${colour})`} />;
}

/** An arrow with its head at the end, either upwards or to the right. */
function Arrow({ x, y, to }: { readonly x: number; readonly y: number; readonly to: 'up' | 'right' }): React.JSX.Element {
  const length = to === 'up' ? rowOf.states - box.height : pitch - box.width;
  const turn = to === 'up' ? `translate(${x} ${y}) rotate(-90)` : `translate(${x} ${y})`;
  return (
    <g transform={turn} stroke="var(--faint)" fill="var(--faint)">
      <line x1={1} y1={0} x2={length - 6} y2={0} strokeWidth={1.5} />
      <path d={`M ${length - 1} 0 l -7 -4 v 8 z`} stroke="none" />
    </g>
  );
}

/** The small picture everyone knows from lectures: inputs below, states in the middle, outputs above. */
export function LecturePicture({ shape }: { readonly shape: ScenarioShape }): React.JSX.Element {
  const { count, inputs, outputs } = shapes[shape];
  const columns = Array.from({ length: count }, (_, column) => column);
  const width = left(count - 1) + box.width;
  const height = rowOf.inputs + box.height;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      {columns.slice(1).map((column) => (
        <Arrow key={column} x={left(column) - (pitch - box.width)} y={rowOf.states + box.height / 2} to="right" />
      ))}
      {inputs.map((column) => (
        <Arrow key={column} x={left(column) + box.width / 2} y={rowOf.inputs} to="up" />
      ))}
      {outputs.map((column) => (
        <Arrow key={column} x={left(column) + box.width / 2} y={rowOf.states} to="up" />
      ))}
      {inputs.map((column) => (
        <Box key={column} column={column} y={rowOf.inputs} colour="--in" />
      ))}
      {columns.map((column) => (
        <Box key={column} column={column} y={rowOf.states} colour="--state" />
      ))}
      {outputs.map((column) => (
        <Box key={column} column={column} y={rowOf.outputs} colour="--out" />
      ))}
    </svg>
  );
}
