import type { ProbeLayer, ProbesReply } from '../../../src-engine/session/protocol.ts';
import { useRun } from '../../state/run-store.ts';
import { causesOf } from './causes.ts';

interface FactsProps {
  readonly layer: ProbeLayer;
  readonly reply: ProbesReply | null;
}

/** Why the gradient does what it does, in numbers: the clip, the gates, the recurrent weight, and where a number ceased to be finite. */
export function Facts({ layer, reply }: FactsProps): React.JSX.Element {
  const stopped = useRun((run) => run.stopped);
  const clipped = useRun((run) => (run.points === 0 ? null : Math.round(100 * run.series.clippedShare())));
  return (
    <>
      {stopped === null ? null : <p className="fact-stopped">{stopped.sentence}</p>}
      <dl className="facts">
        {clipped === null ? null : (
          <div title="Of the last 200 updates">
            <dt>updates clipped</dt>
            <dd>{clipped} %</dd>
          </div>
        )}
        {causesOf(layer, reply).map(({ name, value, about }) => (
          <div key={name} title={about}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
