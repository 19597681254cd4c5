import { useCallback, useMemo, useState } from 'react';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { DataSummary, ExplainReply } from '../../../src-engine/session/protocol.ts';
import { formatNumber, formatShare } from '../../charts/format-number.ts';
import { useAsk } from '../../state/ask-context.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { visible } from '../data/visible-token.ts';
import { KeptScrubber } from '../scrubber/KeptScrubber.tsx';
import { momentOf, usePast } from '../scrubber/use-past.ts';
import { AskNotes } from './AskNotes.tsx';
import { GivenField } from './GivenField.tsx';
import { ProbabilityBars } from './ProbabilityBars.tsx';
import { signed, tintedTokens } from './tinted-tokens.ts';
import { TokenRow } from './TokenRow.tsx';
import { useGiven } from './use-given.ts';
import { VectorFields } from './VectorFields.tsx';

interface VerdictProps {
  readonly signature: DataSignature;
  readonly data: DataSummary;
}

/** One input, the answer of the model, and what each part of the input added to it. */
export function Verdict({ signature, data }: VerdictProps): React.JSX.Element {
  const ask = useAsk();
  const given = useGiven(signature, data);
  const [wanted, setWanted] = useState<string | null>(null);
  const names = signature.output.kind === 'classes' ? signature.output.classes : signature.output.columns;
  const of = wanted !== null && names.includes(wanted) ? wanted : null;
  const [past, setPast] = usePast();
  const question = useMemo(
    () => (given === null ? null : () => ask('session.explain', { input: given, ...momentOf(past), ...(of === null ? {} : { of }) })),
    [ask, given, of, past],
  );
  const { value, problems } = useAnswer(question);
  const unknown = value?.read.filter(({ known }) => !known).map(({ text }) => text) ?? [];
  const choose = useCallback((name: string) => {
    setWanted((before) => (before === name ? null : name));
  }, []);
  return (
    <div className="samples">
      <div className="samples-bar">
        <GivenField label="Text" signature={signature} data={data} />
        <TintLegend of={value?.of ?? null} />
      </div>
      <AskNotes problems={problems} unknown={[...new Set(unknown)]} />
      <div className="samples-columns">
        {signature.input.kind === 'vector' ? <VectorFields columns={signature.input.columns} /> : null}
        <Tinted reply={value} />
        <section className="samples-side" aria-label="Verdict">
          <AnswerView reply={value} onChoose={choose} />
        </section>
      </div>
      <KeptScrubber reply={value} past={past} onPast={setPast} />
    </div>
  );
}

function Tinted({ reply }: { readonly reply: ExplainReply | null }): React.JSX.Element {
  const [cursor, setCursor] = useState<number | null>(null);
  const tokens = useMemo(() => (reply === null ? [] : tintedTokens(reply)), [reply]);
  const at = cursor === null ? null : reply?.read[cursor];
  return (
    <section className="samples-main" aria-label="What moved the answer">
      <TokenRow label="The input as the model reads it" tokens={tokens} cursor={cursor} onCursor={setCursor} />
      <p className="samples-readout">
        {reply === null || cursor === null || at === undefined || at === null ? (
          'Point at a part of the input for its number: gradient times input, what it added to the answer to first order.'
        ) : (
          <span className="mono">
            “{visible(at.text)}” at t = {cursor + 1}: {signed(reply.contributions[cursor])} to {reply.answer.ranked.length > 0 ? 'the logit of ' : ''}
            {visible(reply.of)}
          </span>
        )}
      </p>
    </section>
  );
}

function AnswerView({ reply, onChoose }: { readonly reply: ExplainReply | null; readonly onChoose: (name: string) => void }): React.JSX.Element {
  const best = reply?.answer.ranked[0];
  if (reply === null) return <p className="mute">Waiting for the model’s answer.</p>;
  if (best === undefined) {
    return (
      <dl className="samples-numbers">
        {reply.answer.numbers.map(({ column, value }) => (
          <div key={column}>
            <dt>{column}</dt>
            <dd className="mono">{typeof value === 'number' ? formatNumber(value) : value}</dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <>
      <p className="samples-verdict">
        <strong>{visible(best.class)}</strong> <span className="mono">{formatShare(best.probability)}</span>
      </p>
      <ProbabilityBars
        label="Probability of each class"
        entries={reply.answer.ranked.map((each) => ({ name: each.class, probability: each.probability }))}
        chosen={reply.of}
        onChoose={onChoose}
      />
    </>
  );
}

function TintLegend({ of }: { readonly of: string | null }): React.JSX.Element {
  const name = of === null ? 'the answer' : visible(of);
  return (
    <p className="tint-legend">
      <i data-sign="negative" aria-hidden />
      <span>− against {name}</span>
      <i data-sign="positive" aria-hidden />
      <span>+ for {name}</span>
    </p>
  );
}
