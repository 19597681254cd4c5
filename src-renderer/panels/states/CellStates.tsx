import { useMemo, useState } from 'react';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { DataSummary, StatesReply } from '../../../src-engine/session/protocol.ts';
import { formatNumber } from '../../charts/format-number.ts';
import { PictureMenu } from '../../charts/pictures/PictureMenu.tsx';
import { UnitMap, type UnitCell } from '../../charts/UnitMap.tsx';
import { useAsk } from '../../state/ask-context.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { useTheme } from '../../state/workspace/workspace-theme.ts';
import { Select } from '../../ui/fields/Select.tsx';
import { visible } from '../data/visible-token.ts';
import { AskNotes } from '../samples/AskNotes.tsx';
import { useGiven } from '../samples/use-given.ts';
import { KeptScrubber } from '../scrubber/KeptScrubber.tsx';
import { momentOf, usePast } from '../scrubber/use-past.ts';
import { cellMaps, cellName, type Cell } from './cell-maps.ts';
import { statesPicture } from './states-picture.ts';
import { StepTexts } from './StepTexts.tsx';
import { UnitScales } from './UnitScales.tsx';

interface CellStatesProps {
  readonly signature: DataSignature;
  readonly data: DataSummary;
}

/** Hidden state, cell state and gates of one cell over the steps of one input. */
export function CellStates({ signature, data }: CellStatesProps): React.JSX.Element {
  const ask = useAsk();
  const given = useGiven(signature, data);
  const [wanted, setWanted] = useState<string | null>(null);
  const [cursor, setCursor] = useState<UnitCell | null>(null);
  const [past, setPast] = usePast();
  const question = useMemo(() => (given === null ? null : () => ask('session.states', { input: given, ...momentOf(past) })), [ask, given, past]);
  const { value, problems } = useAnswer(question);
  const cell = value?.cells.find((each) => cellName(each) === wanted) ?? value?.cells[0] ?? null;
  if (value === null || cell === null) return <AskNotes problems={problems} />;
  return (
    <>
      <div className="states-bar">
        <span className="states-cell">
          <Select
            label="Cell"
            value={cellName(cell)}
            options={value.cells.map((each) => ({ value: cellName(each), label: `${cellName(each)}, ${each.units} units` }))}
            onChange={setWanted}
          />
        </span>
        <Readout cell={cell} reply={value} cursor={cursor} />
        {cursor === null ? <UnitScales gates={cell.gates.length > 0} /> : null}
        <PictureMenu label="Save the states" picture={statesPicture(cell, value)} />
      </div>
      <Maps cell={cell} reply={value} cursor={cursor} onCursor={setCursor} />
      <KeptScrubber reply={value} past={past} onPast={setPast} />
    </>
  );
}

interface ShownProps {
  readonly cell: Cell;
  readonly reply: StatesReply;
  readonly cursor: UnitCell | null;
}

/** The text of a step; a decoder's steps are those of its answer and have none. */
function stepText(cell: Cell, { read }: StatesReply, step: number): string {
  return cell.h.length === read.length ? (read[step]?.text ?? '') : '';
}

function Readout({ cell, reply, cursor }: ShownProps): React.JSX.Element {
  if (cursor === null) {
    return <p className="states-readout">Units down, steps across. Point at a cell for its numbers.</p>;
  }
  const { unit, step } = cursor;
  const text = stepText(cell, reply, step);
  const numbers = cellMaps(cell).map(({ name, values }) => `${name} ${numberText(values[step]?.[unit])}`);
  return (
    <p className="states-readout mono" role="status">
      unit {unit + 1}, t = {step + 1}
      {text === '' ? '' : ` “${visible(text)}”`}: {numbers.join(', ')}
    </p>
  );
}

function numberText(value: number | string | undefined): string {
  return typeof value === 'number' ? formatNumber(value) : (value ?? '');
}

function Maps({ cell, reply, cursor, onCursor }: ShownProps & { readonly onCursor: (cell: UnitCell | null) => void }): React.JSX.Element {
  const theme = useTheme();
  const maps = useMemo(() => cellMaps(cell), [cell]);
  return (
    <div className="states-maps" data-count={maps.length}>
      {maps.map((map) => (
        <figure key={map.name} className="states-map">
          <figcaption>
            <span className="mono">{map.name}</span> {map.title}
          </figcaption>
          <div className="states-picture">
            <UnitMap
              label={`${map.title} of ${cellName(cell)}: ${cell.units} units over ${map.values.length} steps`}
              values={map.values}
              units={cell.units}
              scale={map.scale}
              cursor={cursor}
              onCursor={onCursor}
              theme={theme}
            />
          </div>
          <StepTexts texts={map.values.map((_, step) => visible(stepText(cell, reply, step)))} cursor={cursor?.step ?? null} />
        </figure>
      ))}
    </div>
  );
}
