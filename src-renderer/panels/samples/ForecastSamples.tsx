import { useCallback, useId, useMemo, useState } from 'react';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { DataSummary, ForecastReply } from '../../../src-engine/session/protocol.ts';
import { formatNumber } from '../../charts/format-number.ts';
import { LineChart } from '../../charts/LineChart.tsx';
import { useAsk } from '../../state/ask-context.ts';
import { samplesStore, useSamples, useTyped } from '../../state/samples-store.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { NumberInput } from '../../ui/fields/NumberInput.tsx';
import { Select } from '../../ui/fields/Select.tsx';
import { Switch } from '../../ui/fields/Switch.tsx';
import { AskNotes } from './AskNotes.tsx';
import { forecastCurves, forecastError } from './forecast-curves.ts';
import { GivenField } from './GivenField.tsx';

interface ForecastSamplesProps {
  readonly signature: DataSignature;
  readonly data: DataSummary;
}

/** The forecast beyond one window of the test part, each answer read to give the next, against what really came. */
export function ForecastSamples({ signature, data }: ForecastSamplesProps): React.JSX.Element {
  const ask = useAsk();
  const example = useTyped('example');
  const steps = useSamples((samples) => samples.horizon);
  const hold = useSamples((samples) => samples.hold);
  const [wanted, setWanted] = useState(0);
  const id = useId();
  const question = useCallback(() => ask('session.forecast', { input: { part: 'test', example: example - 1 }, steps, hold }), [ask, example, steps, hold]);
  const { value, problems } = useAnswer(question);
  const column = Math.min(wanted, Math.max(0, (value?.columns.length ?? 1) - 1));
  return (
    <div className="samples">
      <div className="samples-bar">
        <GivenField label="" signature={signature} data={data} />
        <span className="given-field">
          <label htmlFor={id}>Horizon</label>
          <span className="given-number">
            <NumberInput
              id={id}
              value={steps}
              rule={{ min: 1, max: 1000, integer: true }}
              unit="steps"
              onCommit={(horizon) => {
                samplesStore.setState({ horizon });
              }}
            />
          </span>
        </span>
        {hold || problems.some(({ code }) => code === 'U045') ? <HoldSwitch hold={hold} /> : null}
        {value !== null && value.columns.length > 1 ? (
          <Select
            label="Column"
            value={String(column)}
            options={value.columns.map((name, index) => ({ value: String(index), label: name }))}
            onChange={(index) => {
              setWanted(Number(index));
            }}
          />
        ) : null}
      </div>
      <AskNotes problems={problems} />
      {value === null ? null : <ForecastPlot reply={value} column={column} />}
    </div>
  );
}

function HoldSwitch({ hold }: { readonly hold: boolean }): React.JSX.Element {
  const id = useId();
  return (
    <span className="given-field" title="Columns that the model reads but does not answer keep their last value beyond the window">
      <label htmlFor={id}>Hold other columns</label>
      <Switch
        id={id}
        checked={hold}
        onChange={(next) => {
          samplesStore.setState({ hold: next });
        }}
      />
    </span>
  );
}

function ForecastPlot({ reply, column }: { readonly reply: ForecastReply; readonly column: number }): React.JSX.Element {
  const { lines, labels, bands } = useMemo(() => forecastCurves(reply, column), [reply, column]);
  const error = forecastError(reply, column);
  const name = reply.columns[column] ?? 'forecast';
  return (
    <section className="samples-main samples-forecast" aria-label="Forecast">
      <p className="samples-caption">
        <span>
          {name}: {reply.past.length} read, {reply.ahead.length} forecast
          {error === null ? ', nothing measured to compare with' : `; RMSE ${formatNumber(error.rmse)} over the ${error.steps} known`}
          {reply.held.length === 0 ? '' : `; held: ${reply.held.join(', ')}`}
        </span>
        <span className="mono">step {reply.step.toLocaleString('en')}</span>
      </p>
      <div className="samples-plot">
        <LineChart
          label={`${name}: measured, and forecast beyond the window`}
          lines={lines}
          labels={labels}
          bands={bands}
          together
          picture={{ name: 'forecast', x: 'step', y: name }}
        />
      </div>
    </section>
  );
}
