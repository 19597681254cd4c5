import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useSize } from '../charts/use-size.ts';
import { runCommand } from '../state/commands.ts';
import { endOfRow, neighbour, type NodePlace } from './layout.ts';
import type { Painted, Painter } from './paint/painter.ts';
import type { LitPlace } from './paint/picture.ts';
import { usePointing } from './use-pointing.ts';

interface UnrolledCanvasProps {
  readonly painted: Omit<Painted, 'pointed'>;
  /** What is pointed at elsewhere. */
  readonly linked: LitPlace | null;
  /** Comes into sight when it changes. */
  readonly followed: NodePlace | null;
  readonly label: string;
  /** `lstm1:t17, dL/dh 0.0031` */
  readonly describe: (place: NodePlace) => string;
  readonly onPoint: (place: NodePlace | null) => void;
  readonly onChoose: (place: NodePlace | null) => void;
  readonly painter: Painter;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The picture. To a screen reader it is a grid whose one cell is the cursor's: the nodes themselves are paint. Arrow keys move the cursor, Enter opens
 * a node's details.
 */
export function UnrolledCanvas({ painted, linked, followed, label, describe, onPoint, onChoose, painter }: UnrolledCanvasProps): React.JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const [pointed, setPointed] = useState<NodePlace | null>(null);
  const [cursor, setCursor] = useState<NodePlace | null>(null);
  const { layout } = painted;
  const inLayout = (place: NodePlace | null): NodePlace | null => (place !== null && place.t <= (layout.lanes[place.lane]?.length ?? 0) ? place : null);
  const at = inLayout(cursor) ?? inLayout(pointed);
  const bars = painted.bars !== null;
  useLayoutEffect(() => {
    painter.attach(canvas.current);
    return () => {
      painter.attach(null);
    };
  }, [painter]);
  useLayoutEffect(() => {
    painter.set({ ...painted, pointed: at ?? linked });
  });
  useLayoutEffect(() => {
    painter.resize(size.width, size.height, bars);
  }, [painter, size, bars]);
  const point = (place: NodePlace | null): void => {
    setPointed((before) => (same(before, place) ? before : place));
    if (place !== null) setCursor(null);
    onPoint(place);
  };
  const { dragging, handlers } = usePointing(box, painter, { onPoint: point, onChoose });
  const spaced = useRef(false);

  const follows = followed === null ? '' : `${followed.lane} ${followed.t}`;
  useEffect(() => {
    const [lane = 0, t = 0] = follows.split(' ').map(Number);
    if (follows !== '') painter.reveal({ lane, t });
  }, [follows, painter]);

  const moveTo = (place: NodePlace): void => {
    setCursor(place);
    painter.reveal(place);
    onPoint(place);
  };
  const press = (event: React.KeyboardEvent): void => {
    const from = inLayout(cursor) ?? inLayout(pointed) ?? painted.chosen ?? firstCell(layout.lanes);
    const step = STEPS[event.key];
    if (step !== undefined) moveTo(cursor === null && painted.chosen === null && pointed === null ? from : neighbour(layout, from, step[0], step[1]));
    else if (event.key === 'Home' || event.key === 'End') moveTo(endOfRow(layout, from, event.key === 'Home' ? 'first' : 'last'));
    else if (event.key === 'Enter') onChoose(from);
    else if (event.key === 'Escape' && painted.chosen !== null) onChoose(null);
    else if (event.key === ' ') {
      spaced.current = !event.repeat ? true : spaced.current;
    } else return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      className="unrolled-canvas"
      data-dragging={dragging}
      data-over={pointed !== null}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={layout.rows}
      aria-colcount={layout.columns}
      {...(at === null ? {} : { 'aria-activedescendant': 'unrolled-cursor' })}
      {...handlers}
      onPointerDownCapture={() => {
        // Space held for a drag is no press of Space.
        spaced.current = false;
      }}
      onKeyDown={press}
      onKeyUp={(event) => {
        if (event.key === ' ' && spaced.current && !dragging) runCommand('unrolled.play');
        spaced.current = false;
      }}
      onBlur={() => {
        setCursor(null);
        onPoint(null);
      }}
    >
      <canvas ref={canvas} style={{ width: size.width, height: size.height }} aria-hidden />
      <div role="row" className="visually-hidden" {...(at === null ? {} : { 'aria-rowindex': (layout.lanes[at.lane]?.row ?? 0) + 1 })}>
        <span role="gridcell" id="unrolled-cursor" {...(at === null ? {} : { 'aria-colindex': (layout.lanes[at.lane]?.first ?? 0) + at.t })}>
          {at === null ? label : describe(at)}
        </span>
      </div>
    </div>
  );
}

function same(a: NodePlace | null, b: NodePlace | null): boolean {
  return a?.lane === b?.lane && a?.t === b?.t;
}

function firstCell(lanes: Painted['layout']['lanes']): NodePlace {
  return {
    lane: Math.max(
      0,
      lanes.findIndex(({ kind }) => kind === 'cell'),
    ),
    t: 1,
  };
}
