const BLANK = /_{2,}/u;
const BLANK_TOKEN = '<blank>';
const NEGATIONS: readonly (readonly [RegExp, string])[] = [
  [/\bwon['\u2019]t\b/g, 'will not'],
  [/\bshan['\u2019]t\b/g, 'shall not'],
  [/\bcan['\u2019]?t\b|\bcannot\b/g, 'can not'],
  [/([a-z])n['\u2019]t\b/g, '$1 not'],
];

/** What cuts a text into the tokens that a model of this vocabulary reads; `unit` is guessed where the model does not say it. */
export function tokenizer(
  vocabulary: readonly string[],
  unit: string | undefined,
  classes: readonly string[],
  ownSteps: boolean,
): (text: string) => readonly string[] {
  const areTokens = !ownSteps && vocabulary.length === classes.length && vocabulary.every((token, id) => token === classes[id]);
  const ofWords = unit === undefined ? vocabulary.some((token) => token !== '<unk>' && [...token].length > 1) : unit === 'word';
  if (!areTokens) return ofWords ? words : (text) => [...text.trim().toLowerCase()];
  // A model that names its own tokens: what belongs in the blanks of a text, or what comes next, up to a blank.
  if (vocabulary.includes(BLANK_TOKEN)) return fillIn;
  return (text) => {
    const [read = ''] = text.split(BLANK, 1);
    return ofWords ? words(read) : [...read.replaceAll('\r\n', '\n')];
  };
}

function fillIn(text: string): readonly string[] {
  const pieces = text.replaceAll(BLANK_TOKEN, '__').split(BLANK);
  return pieces.flatMap((piece, place) => (place === 0 ? words(piece) : [BLANK_TOKEN, ...words(piece)]));
}

/** Words, numbers and punctuation marks in lower case, contracted negations written out: `isn't` gives `is`, `not`. */
function words(text: string): readonly string[] {
  const plain = NEGATIONS.reduce((all, [contraction, written]) => all.replace(contraction, written), text.toLowerCase());
  return plain.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}
