import { useMemo, useState } from 'react';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { DataSummary, TranslateReply } from '../../../src-engine/session/protocol.ts';
import { formatShare } from '../../charts/format-number.ts';
import { useAsk } from '../../state/ask-context.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { visible } from '../data/visible-token.ts';
import { AskNotes } from './AskNotes.tsx';
import { GivenField } from './GivenField.tsx';
import { TokenRow } from './TokenRow.tsx';
import { useGiven } from './use-given.ts';
import { VectorFields } from './VectorFields.tsx';

interface WrittenAnswerProps {
  readonly signature: DataSignature;
  readonly data: DataSummary;
}

/** What a decoder writes to one input, and how sure it is of each token. */
export function WrittenAnswer({ signature, data }: WrittenAnswerProps): React.JSX.Element {
  const ask = useAsk();
  const given = useGiven(signature, data);
  const question = useMemo(() => (given === null ? null : () => ask('session.translate', { input: given })), [ask, given]);
  const { value, problems } = useAnswer(question);
  const unknown = value?.read.filter(({ known }) => !known).map(({ text }) => text) ?? [];
  return (
    <div className="samples">
      <div className="samples-bar">
        <GivenField label="Input" signature={signature} data={data} />
      </div>
      <AskNotes problems={problems} unknown={[...new Set(unknown)]} />
      <div className="samples-columns">
        {signature.input.kind === 'vector' ? <VectorFields columns={signature.input.columns} /> : null}
        <Written reply={value} />
      </div>
    </div>
  );
}

function Written({ reply }: { readonly reply: TranslateReply | null }): React.JSX.Element {
  const [cursor, setCursor] = useState<number | null>(null);
  const tokens = useMemo(
    () =>
      (reply?.tokens ?? []).map(({ token, probability }) => ({
        text: token,
        known: true,
        tint: typeof probability === 'number' ? probability : 0,
        below: formatShare(probability, 0).replace(/ %$/u, ''),
        about: formatShare(probability),
      })),
    [reply],
  );
  const at = cursor === null ? undefined : tokens[cursor];
  return (
    <section className="samples-main" aria-label="Written answer">
      <p className="samples-caption">
        <span>Answer</span>
        <span className="mono">{reply === null ? '' : `step ${reply.step.toLocaleString('en')}`}</span>
      </p>
      <output className="written-answer" aria-live="off">
        {reply === null ? '' : visible(reply.text === '' ? ' ' : reply.text)}
      </output>
      <p className="samples-caption">
        <span>As it was written, with the probability of each step in per cent</span>
        <span>{reply === null || reply.ended ? '' : 'The longest answer was reached before the model ended it.'}</span>
      </p>
      <TokenRow label="Written tokens" tokens={tokens} cursor={cursor} onCursor={setCursor} />
      <p className="samples-readout mono">{at === undefined || cursor === null ? '' : `“${visible(at.text)}” at t = ${cursor + 1}: ${at.about}`}</p>
    </section>
  );
}
