/** Errors whose message the engine of JavaScript writes itself, about code; any other message may hold what the user typed or a file's content. */
const ABOUT_CODE: ReadonlySet<string> = new Set(['TypeError', 'RangeError', 'ReferenceError']);

const MOST_FRAMES = 12;

/**
 * What the log may say of a bug: its name, the system's code, and where in the code it happened. Nothing that was typed, read or sent is in it:
 * messages are left out, but those about code itself, and these without what is quoted in them and without paths; of a place in the code the file's name stays.
 */
export function describeError(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [`a thrown ${error === null ? 'null' : typeof error}`];
  const code = 'code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/u.test(error.code) ? ` ${error.code}` : '';
  const name = /^[A-Za-z]{1,40}$/u.test(error.name) ? error.name : 'Error';
  const cause = error.cause === undefined ? [] : describeError(error.cause).map((line, index) => (index === 0 ? `caused by ${line}` : line));
  return [`${name}${code}${codeMessage(error)}`, ...framesOf(error), ...cause.slice(0, MOST_FRAMES)];
}

function codeMessage(error: Error): string {
  if (!ABOUT_CODE.has(error.constructor.name)) return '';
  const [line = ''] = error.message.split('\n');
  return `: ${withoutPaths(line.replace(/(["'`]).*\1/gu, '$1…$1')).slice(0, 200)}`;
}

/** A frame is ` at NAME (PLACE:LINE:COLUMN)` or ` at PLACE:LINE:COLUMN`. What the message may have put between them is no such line. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const below = message !== '' && stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack;
  return below
    .split('\n')
    .flatMap((line) => {
      const found = /^\s+at (?:(?<what>[\w$.<>#[\] ]{1,80}) \()?(?<place>[^()]+?):(?<line>\d+):(?<column>\d+)\)?$/u.exec(line)?.groups;
      if (found === undefined) return [];
      return [
        `    at ${found['what'] === undefined ? '' : `${found['what']} `}${lastPart(found['place'] ?? '')}:${found['line'] ?? ''}:${found['column'] ?? ''}`,
      ];
    })
    .slice(0, MOST_FRAMES);
}

function lastPart(place: string): string {
  return place.split(/[/\\]/u).at(-1) ?? '';
}

function withoutPaths(text: string): string {
  return text.replace(/(?:[A-Za-z]:)?(?:[/\\][^\s/\\:]+)+/gu, '…');
}
