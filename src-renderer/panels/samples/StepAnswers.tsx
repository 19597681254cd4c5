import { useMemo, useState } from 'react';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { ClassifyReply, DataSummary, JsonNumber } from '../../../src-engine/session/protocol.ts';
import { formatShare } from '../../charts/format-number.ts';
import { LineChart } from '../../charts/LineChart.tsx';
import { useAsk } from '../../state/ask-context.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { AskNotes } from './AskNotes.tsx';
import { GivenField } from './GivenField.tsx';
import { ProbabilityBars } from './ProbabilityBars.tsx';
import { TokenRow } from './TokenRow.tsx';
import { useGiven } from './use-given.ts';
import { VectorFields } from './VectorFields.tsx';

interface StepAnswersProps {
  readonly signature: DataSignature;
  readonly data: DataSummary;
}

const plain = (value: JsonNumber | undefined): number => (typeof value === 'number' ? value : Number.NaN);

/** An answer at every step: a curve of numbers, or a class under each token. */
export function StepAnswers({ signature, data }: StepAnswersProps): React.JSX.Element {
  const ask = useAsk();
  const given = useGiven(signature, data);
  const question = useMemo(() => (given === null ? null : () => ask('session.classify', { input: given })), [ask, given]);
  const { value, problems } = useAnswer(question);
  const { input, output } = signature;
  return (
    <div className="samples">
      <div className="samples-bar">
        <GivenField label="Text" signature={signature} data={data} />
      </div>
      <AskNotes problems={problems} />
      <div className="samples-columns">
        {input.kind === 'vector' ? <VectorFields columns={input.columns} /> : null}
        {value === null ? null : output.kind === 'numbers' ? <Curve reply={value} /> : <StepClasses reply={value} />}
      </div>
    </div>
  );
}

function Curve({ reply }: { readonly reply: ClassifyReply }): React.JSX.Element {
  const lines = useMemo(() => {
    const names = reply.answers[0]?.numbers.map(({ column }) => column) ?? [];
    return names.map((name, column) => ({ name, values: reply.answers.map(({ numbers }) => plain(numbers[column]?.value)) }));
  }, [reply]);
  return (
    <section className="samples-main samples-forecast" aria-label="Answer">
      <p className="samples-caption">
        <span>The answer, step by step</span>
        <span className="mono">step {reply.step.toLocaleString('en')}</span>
      </p>
      <div className="samples-plot">
        <LineChart label="The answer, step by step" lines={lines} together picture={{ name: 'answer', x: 'step t', y: 'answer' }} />
      </div>
    </section>
  );
}

function StepClasses({ reply }: { readonly reply: ClassifyReply }): React.JSX.Element {
  const [cursor, setCursor] = useState<number | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const tokens = useMemo(
    () =>
      reply.answers.map(({ ranked }, index) => {
        const best = ranked[0];
        const said = best === undefined ? '' : `${best.class}, ${formatShare(best.probability)}`;
        return { text: reply.read[index]?.text ?? `t = ${index + 1}`, known: reply.read[index]?.known ?? true, tint: 0, below: best?.class ?? '', about: said };
      }),
    [reply],
  );
  const last = Math.max(0, tokens.length - 1);
  const at = Math.min(cursor ?? chosen ?? last, last);
  return (
    <>
      <section className="samples-main" aria-label="Answers">
        <p className="samples-caption">
          <span>Under each token what the model answers there</span>
          <span className="mono">step {reply.step.toLocaleString('en')}</span>
        </p>
        <TokenRow label="The input, with the answer at each step" tokens={tokens} cursor={cursor} onCursor={setCursor} chosen={chosen} onChoose={setChosen} />
      </section>
      <section className="samples-side" aria-label="Verdict" tabIndex={0}>
        <p className="samples-caption">
          Answer at t = {at + 1}: “{tokens[at]?.text ?? ''}”
        </p>
        <ProbabilityBars
          label={`Probability of each class at step ${at + 1}`}
          entries={(reply.answers[at]?.ranked ?? []).map((each) => ({ name: each.class, probability: each.probability }))}
        />
      </section>
    </>
  );
}
