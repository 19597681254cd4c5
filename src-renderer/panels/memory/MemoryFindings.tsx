import { forgetMemory, useMemory, type MemoryResult } from '../../state/memory-store.ts';
import { Button } from '../../ui/Button.tsx';
import { curveColours } from './curve-colours.ts';
import { cellTitle, memoryText } from './memory-text.ts';

/** What came of the experiments: the latest in sentences, those before it in a line each. */
export function MemoryFindings(): React.JSX.Element | null {
  const results = useMemory((memory) => memory.results);
  const problems = useMemory((memory) => memory.problems);
  const running = useMemory((memory) => memory.running);
  const latest = results.at(-1);
  const [problem] = problems;
  return (
    <>
      {problem === undefined ? null : (
        <p className="memory-problem" role="alert">
          {problem.message} {problem.fix}
        </p>
      )}
      {latest === undefined || running !== null ? null : <Latest result={latest} />}
      {results.length < (running === null ? 2 : 1) ? null : <Earlier results={running === null ? results.slice(0, -1) : results} from={1} />}
      {results.length === 0 || running !== null ? null : (
        <Button size="small" variant="quiet" onClick={forgetMemory}>
          Clear
        </Button>
      )}
    </>
  );
}

function Latest({ result: { reply } }: { readonly result: MemoryResult }): React.JSX.Element {
  const { title, sentence, gradient, note } = memoryText(reply);
  return (
    <section className="memory-latest" aria-label="Result" role="status">
      <h3>
        <i style={{ background: `var(${curveColours[0]})` }} aria-hidden />
        {title}
      </h3>
      <p className="memory-sentence">{sentence}</p>
      {gradient === null ? null : <p className="mute">{gradient}</p>}
      {note === null ? null : <p className="memory-note">{note}</p>}
    </section>
  );
}

/** `from`: colours before it belong to newer curves. */
function Earlier({ results, from }: { readonly results: readonly MemoryResult[]; readonly from: number }): React.JSX.Element {
  return (
    <ul className="memory-earlier" aria-label="Measured before">
      {results
        .toReversed()
        .slice(0, curveColours.length - from)
        .map(({ id, reply }, index) => (
          <li key={id}>
            <i style={{ background: `var(${curveColours[index + from] ?? '--mute'})` }} aria-hidden />
            <span>{cellTitle(reply.cell)}</span>
            <span className="mono">
              {reply.collapsesAt === null ? '≥ ' : ''}
              {reply.remembers} {reply.remembers === 1 ? 'step' : 'steps'}
            </span>
          </li>
        ))}
    </ul>
  );
}
