import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { TERM_GROUPS, TERMS, type TermId } from '../../../src-engine/document/glossary/glossary.ts';
import type { Term } from '../../../src-engine/document/glossary/term.ts';
import { useWorkspace, workspaceStore } from '../../state/workspace-store.ts';
import { Dialog } from '../../ui/popups/Dialog.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { TermSymbol } from './TermSymbol.tsx';
import './glossary.css';

function close(): void {
  workspaceStore.setState({ glossary: null });
}

/** All words, by what they belong to; a few letters find one. */
export function GlossaryDialog(): React.JSX.Element {
  const glossary = useWorkspace((workspace) => workspace.glossary);
  return (
    <Dialog open={glossary !== null} onOpenChange={close} title="Glossary" size="wide">
      <Words chosen={glossary?.term ?? null} />
    </Dialog>
  );
}

const found = ({ name, meaning }: Term, query: string): boolean => name.toLowerCase().includes(query) || meaning.toLowerCase().includes(query);

function Words({ chosen }: { readonly chosen: TermId | null }): React.JSX.Element {
  const [query, setQuery] = useState('');
  const asked = query.trim().toLowerCase();
  const groups = TERM_GROUPS.map(({ title, terms }) => ({ title, terms: Object.values(terms).filter((term) => found(term, asked)) }));
  const some = groups.filter(({ terms }) => terms.length > 0);
  return (
    <>
      <TextInput
        className="glossary-search"
        type="search"
        icon={<Search aria-hidden />}
        aria-label="Find a word"
        placeholder="Find a word"
        value={query}
        onChange={setQuery}
      />
      <div className="glossary-list" tabIndex={0} role="region" aria-label="Words">
        {some.length === 0 ? <p className="mute">No word has these letters.</p> : null}
        {some.map(({ title, terms }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {terms.map((term) => (
                <Word key={term.name} term={term} chosen={chosen !== null && TERMS[chosen] === term} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}

function Word({ term, chosen }: { readonly term: Term; readonly chosen: boolean }): React.JSX.Element {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'center' });
  }, [chosen]);
  return (
    <div ref={row} className="glossary-word" data-chosen={chosen}>
      <dt>
        {term.name}
        {term.symbol === null ? null : <TermSymbol tex={term.symbol} />}
      </dt>
      <dd>{term.meaning}</dd>
    </div>
  );
}
