import type { JsonNumber } from '../../../src-engine/session/protocol.ts';
import { formatNumber } from '../../charts/format-number.ts';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { Fact } from '../Fact.tsx';
import { isSmall, NumberMatrix, numberText } from './NumberMatrix.tsx';
import { UnitStrip } from './UnitStrip.tsx';
import type { DebugNodeReply } from './use-debug.ts';

interface CopyDetailsProps {
  readonly copy: DebugNodeReply;
  /** False until the walk backward has been here. */
  readonly hasGradient: boolean;
}

/** Units whose numbers are written out. */
const FEW = 4;

/** The inside of one copy in one example: its states, gates, the gradient that reaches it, its part of each weight's gradient. */
export function CopyDetails({ copy, hasGradient }: CopyDetailsProps): React.JSX.Element {
  const { h, before, c, cellBefore, gates, pre, dh, dc, jacobian, gradients } = copy;
  const { matrix } = jacobian;
  return (
    <>
      <SectionTitle aside={`${h.length} ${h.length === 1 ? 'unit' : 'units'}`}>State</SectionTitle>
      <div className="fact-list">
        <Vector name="h" about="hidden state" values={h} />
        <Vector name="h before" about="hidden state it started from" values={before} />
        {c === null ? null : <Vector name="c" about="cell state" values={c} />}
        {cellBefore === null ? null : <Vector name="c before" about="cell state it started from" values={cellBefore} />}
        {pre === null ? null : <Vector name="Wh + Ux + b" about="what the activation is taken of" values={pre} />}
      </div>
      {gates.length === 0 ? null : (
        <>
          <SectionTitle>Gates</SectionTitle>
          <div className="fact-list">
            {gates.map(({ gate, isGate, values }) => (
              <Vector key={gate} name={gate} about={isGate ? `${gate} gate, from 0 (shut) to 1 (open)` : gate} values={values} gate={isGate} />
            ))}
          </div>
        </>
      )}
      <SectionTitle>Gradient</SectionTitle>
      {hasGradient ? (
        <div className="fact-list">
          <Vector name="∂L/∂h" about="gradient of the loss by the hidden state" values={dh} size />
          {dc === null ? null : <Vector name="∂L/∂c" about="gradient of the loss by the cell state" values={dc} size />}
          <Fact name="Jacobian norm" value={formatNumber(Number(jacobian.norm))} about="largest stretch of this step: 1 keeps the gradient" />
          {matrix !== null && isSmall(matrix.flat(), h.length) ? <NumberMatrix label="Jacobian" values={matrix.flat()} columns={h.length} /> : null}
        </div>
      ) : (
        <p className="unrolled-later">appears on the way back</p>
      )}
      {!hasGradient ? null : (
        <>
          <SectionTitle>This copy’s weight gradient</SectionTitle>
          <div className="fact-list">
            {gradients.map(({ parameter, shape, norm, values }) => {
              const columns = shape.length > 1 ? (shape.at(-1) ?? 1) : shape[0] === 1 ? 1 : Math.min(FEW, shape[0] ?? 1);
              return (
                <div key={parameter} className="fact-with-matrix">
                  <Fact name={lastPart(parameter)} value={formatNumber(Number(norm))} about={`norm of this copy’s part of the gradient of ${parameter}`} />
                  {isSmall(values, columns) ? <NumberMatrix label={`Gradient of ${parameter} at this copy`} values={values} columns={columns} /> : null}
                </div>
              );
            })}
          </div>
        </>
      )}
    </>
  );
}

function lastPart(parameter: string): string {
  return parameter.split('.').at(-1) ?? parameter;
}

interface VectorProps {
  readonly name: string;
  readonly about: string;
  readonly values: readonly JsonNumber[];
  readonly gate?: boolean;
  /** The full colour is the largest of them: a gradient has no scale of its own. */
  readonly size?: boolean;
}

/** Few units as numbers, more as a strip with the norm (a gate's mean) beside it. */
function Vector({ name, about, values, gate = false, size = false }: VectorProps): React.JSX.Element {
  if (values.length <= FEW) {
    return (
      <div className="fact-with-matrix">
        <Fact name={name} value={values.length === 1 ? numberText(values[0]) : ''} about={about} />
        {values.length === 1 ? null : <NumberMatrix label={about} values={values} columns={values.length} />}
      </div>
    );
  }
  const numbers = values.map(Number);
  const total = gate ? numbers.reduce((sum, value) => sum + value, 0) / numbers.length : Math.hypot(...numbers);
  const most = size ? numbers.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) : 1;
  return (
    <div className="fact fact-strip" title={about}>
      <span className="fact-name">{name}</span>
      <UnitStrip label={`${about}, ${values.length} units`} values={values} scale={gate ? 'gate' : 'state'} most={most} />
      <span className="fact-value mono" title={gate ? 'mean' : 'norm'}>
        {gate ? total.toFixed(2) : formatNumber(total)}
      </span>
    </div>
  );
}
