import { useCallback, useMemo, useRef } from 'react';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { DataSummary, SampleReply } from '../../../src-engine/session/protocol.ts';
import { useSize } from '../../charts/use-size.ts';
import { useAsk } from '../../state/ask-context.ts';
import type { Answered } from '../../state/follow-answer.ts';
import { useSamples } from '../../state/samples-store.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { visible } from '../data/visible-token.ts';
import { AskNotes } from './AskNotes.tsx';
import { GivenField } from './GivenField.tsx';
import { RankedPlaces } from './RankedPlaces.tsx';
import { SampleSettings } from './SampleSettings.tsx';
import { useTypedText } from './use-given.ts';

interface LanguageSamplesProps {
  readonly signature: DataSignature;
  readonly data: DataSummary;
}

/** Of the texts drawn beside the greedy one, each its own, so that only the weights change what it says. Large ones: the first draws of small seeds are alike. */
const SEEDS = [3141592653, 2718281828, 1414213562, 1732050807, 2236067977] as const;
/** Milliseconds at least between two rounds of texts, calm enough to read along. */
const EVERY = 2500;

/** What the model writes on from a beginning as it learns, and what it would put next. */
export function LanguageSamples({ signature, data }: LanguageSamplesProps): React.JSX.Element {
  const prompt = useTypedText(signature, data);
  const { value, problems } = useTexts(prompt);
  const unit = signature.input.kind === 'tokens' ? signature.input.unit : 'word';
  return (
    <div className="samples">
      <div className="samples-bar">
        <GivenField label="Beginning" signature={signature} data={data} />
        <SampleSettings unit={unit} />
      </div>
      <AskNotes problems={problems} unknown={value?.[0]?.unknown ?? []} />
      <div className="samples-columns">
        <Texts texts={value} prompt={prompt} unit={unit} />
        <section className="samples-side" aria-label={`Next ${unit}`} tabIndex={0}>
          <RankedPlaces text={prompt} unit={unit} />
        </section>
      </div>
    </div>
  );
}

function useTexts(prompt: string) {
  const ask = useAsk();
  const length = useSamples((samples) => samples.length);
  const temperature = useSamples((samples) => samples.temperature);
  const topK = useSamples((samples) => samples.topK);
  const write = useCallback(async (): Promise<Answered<readonly SampleReply[]>> => {
    const texts: SampleReply[] = [];
    for (const seed of [0, ...SEEDS]) {
      const reply = await ask('session.sample', { prompt, length, temperature: seed === 0 ? 0 : temperature, topK, seed });
      if (!reply.ok) return reply;
      texts.push(reply.value);
    }
    return { ok: true, value: texts };
  }, [ask, prompt, length, temperature, topK]);
  return useAnswer(write, EVERY);
}

interface TextsProps {
  readonly texts: readonly SampleReply[] | null;
  readonly prompt: string;
  readonly unit: 'word' | 'character';
}

/** Width of a character of the texts in pixels, and characters of a word with its space. */
const CHARACTER = 7;
const WORD = 6;
const MOST_PROMPT = 40;

/** The texts in rows that are as high as the longest of them will be, so that nothing moves when they change. */
function Texts({ texts, prompt, unit }: TextsProps): React.JSX.Element {
  const box = useRef<HTMLElement>(null);
  const { width } = useSize(box);
  const length = useSamples((samples) => samples.length);
  const temperature = useSamples((samples) => samples.temperature);
  const shownPrompt = [...prompt].length > MOST_PROMPT ? `…${[...prompt].slice(-MOST_PROMPT).join('')}` : prompt;
  const lines = useMemo(() => {
    const characters = [...shownPrompt].length + length * (unit === 'word' ? WORD : 1);
    return Math.ceil((characters * CHARACTER) / Math.max(120, width - 110));
  }, [shownPrompt, length, unit, width]);
  const names = ['greedy', ...SEEDS.map((_, index) => `draw ${index + 1}`)];
  return (
    <section ref={box} className="samples-main" aria-label="Written texts" tabIndex={0}>
      <p className="samples-caption">
        <span>The likeliest line, and five drawn at temperature {temperature}</span>
        <span className="mono">{texts === null ? 'being written…' : `step ${(texts[0]?.step ?? 0).toLocaleString('en')}`}</span>
      </p>
      <ol className="written-texts" style={{ '--lines': Math.max(1, lines) } as React.CSSProperties}>
        {names.map((name, index) => (
          <li key={name}>
            <span className="written-name">{name}</span>
            <span className="mono written-text">
              <span className="written-prompt">{visibleBreaks(shownPrompt)}</span>
              {visibleBreaks(texts?.[index]?.text ?? '')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function visibleBreaks(text: string): string {
  return text.replaceAll(/[\n\t]/gu, visible);
}
