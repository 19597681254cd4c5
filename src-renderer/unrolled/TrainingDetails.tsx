import type { ProbesReply } from '../../src-engine/session/protocol.ts';
import { formatNumber } from '../charts/format-number.ts';
import { meanOverReaching } from '../panels/gradients/gradient-rows.ts';
import type { Probe } from '../state/run-store.ts';
import { SectionTitle } from '../ui/SectionTitle.tsx';
import { Fact } from './Fact.tsx';
import { reaching } from './use-training-model.ts';

interface TrainingDetailsProps {
  readonly frame: Probe | null;
  readonly reply: ProbesReply | null;
  /** Index into `OpenReply.probeLayers`. */
  readonly layer: number;
  /** `lstm1.forward`: what the names of its parameters begin with. */
  readonly path: string;
  readonly t: number;
}

/** What the probes say of one copy, as means over the examples that reach the step. */
export function TrainingDetails({ frame, reply, layer, path, t }: TrainingDetailsProps): React.JSX.Element {
  const cell = reply?.cells[layer];
  const at = (values: readonly (number | string)[] | undefined | null): string => formatNumber(Number(values?.[t - 1] ?? Number.NaN));
  const copies = (reply?.copies ?? []).filter(({ parameter }) => parameter.startsWith(`${path}.`));
  return (
    <>
      <SectionTitle aside={frame === null ? undefined : `step ${frame.step.toLocaleString('en')}`}>Mean of the examples</SectionTitle>
      <div className="fact-list">
        {frame === null ? (
          <p className="unrolled-later">The gradient appears once training begins.</p>
        ) : (
          <>
            <Fact
              name="‖∂L/∂h‖"
              value={at([...meanOverReaching(frame, frame.gradientNorm, layer)])}
              about="norm of the gradient of the loss by the hidden state"
            />
            <Fact name="from the last loss" value={at([...meanOverReaching(frame, frame.flow, layer)])} about="the same with only the last step’s loss" />
            <Fact name="examples" value={`${reaching(frame, layer, t)} of ${frame.rows}`} about="probed examples that reach this step" />
          </>
        )}
        {cell === undefined ? null : (
          <>
            <Fact name="‖h‖" value={at(cell.stateNorms.h)} about="norm of the hidden state" />
            {cell.stateNorms.c === null ? null : <Fact name="‖c‖" value={at(cell.stateNorms.c)} about="norm of the cell state" />}
            <Fact name="Jacobian norm" value={at(cell.jacobian?.values)} about="largest stretch of this step: 1 keeps the gradient" />
          </>
        )}
      </div>
      {cell === undefined || cell.gates.length === 0 ? null : (
        <>
          <SectionTitle aside="mean of the units">Gates</SectionTitle>
          <div className="fact-list">
            {cell.gates.map(({ gate, mean }) => (
              <div key={gate} className="fact fact-strip">
                <span className="fact-name">{gate}</span>
                <span className="gate-bar" aria-hidden>
                  <i style={{ width: `${100 * Number(mean[t - 1] ?? 0)}%` }} />
                </span>
                <span className="fact-value mono">{at(mean)}</span>
              </div>
            ))}
          </div>
        </>
      )}
      {copies.length === 0 ? null : (
        <>
          <SectionTitle>This copy’s weight gradient</SectionTitle>
          <div className="fact-list">
            {copies.map(({ parameter, values }) => (
              <Fact
                key={parameter}
                name={parameter.slice(path.length + 1)}
                value={at(values)}
                about={`norm of this copy’s part of the gradient of ${parameter}`}
              />
            ))}
          </div>
        </>
      )}
    </>
  );
}
