import { useRef } from 'react';
import { columnTicks } from '../../charts/column-ticks.ts';
import { useSize } from '../../charts/use-size.ts';

interface StepTextsProps {
  /** A token for each step, or nothing where a step has none. */
  readonly texts: readonly string[];
  readonly cursor: number | null;
}

/** Width of a character and of the space beside a token, in pixels. */
const CHARACTER = 6.1;
const SPACE = 3;

/** The tokens under a map where its columns have room for them, else the numbers of some steps; always the token that is pointed at. */
export function StepTexts({ texts, cursor }: StepTextsProps): React.JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const column = width / Math.max(1, texts.length);
  const fit = texts.every((text) => text !== '' && [...text].length * CHARACTER + SPACE <= column);
  const place = (step: number): React.CSSProperties => ({ left: `${((step + 0.5) / texts.length) * 100}%` });
  return (
    <div ref={box} className="states-texts" aria-hidden>
      {fit
        ? texts.map((text, step) => (
            <span key={step} style={place(step)}>
              {text}
            </span>
          ))
        : columnTicks(texts.length, width).map((tick) => (
            <span key={tick} style={place(tick - 1)}>
              {tick}
            </span>
          ))}
      {cursor === null ? null : (
        <span className="states-text-at" style={place(cursor)} data-end={cursor > texts.length / 2}>
          {texts[cursor] === '' ? cursor + 1 : texts[cursor]}
        </span>
      )}
    </div>
  );
}
