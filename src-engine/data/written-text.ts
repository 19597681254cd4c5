import { END_CLASS } from '../document/signature.ts';

/** What a decoder wrote: class probabilities step by step, [T,C], up to the first step whose likeliest class ends the text, that one included; and the text before it. */
export function writtenText(
  steps: readonly (readonly number[])[],
  classes: readonly string[],
): { readonly steps: readonly (readonly number[])[]; readonly text: string } {
  const written = steps.map((step) => classes[step.indexOf(Math.max(...step))] ?? '');
  const end = written.indexOf(END_CLASS);
  return { steps: end === -1 ? steps : steps.slice(0, end + 1), text: joinClasses(end === -1 ? written : written.slice(0, end), classes) };
}

/** Classes one after the other as a person writes them: characters without, words with a space between. */
export function joinClasses(written: readonly string[], classes: readonly string[]): string {
  const areCharacters = classes.every((each) => each === END_CLASS || [...each].length === 1);
  return written.join(areCharacters ? '' : ' ');
}
