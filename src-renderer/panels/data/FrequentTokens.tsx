import type { DataSummary } from '../../../src-engine/session/protocol.ts';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { visible } from './visible-token.ts';

interface FrequentTokensProps {
  readonly frequent: DataSummary['preview']['frequent'];
  readonly unit: string;
}

/** The head of the vocabulary, the most frequent first. */
export function FrequentTokens({ frequent, unit }: FrequentTokensProps): React.JSX.Element {
  return (
    <section className="data-picture">
      <SectionTitle>Most frequent {unit}s</SectionTitle>
      <ol className="data-tokens" tabIndex={0} aria-label={`The most frequent ${unit}s`}>
        {frequent.map(({ token, count }, index) => (
          <li key={`${index} ${token}`} title={`${count.toLocaleString('en')} times`}>
            {visible(token)}
          </li>
        ))}
      </ol>
    </section>
  );
}
