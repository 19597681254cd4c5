import { END_CLASS, type OutputSignature } from '../../document/signature.ts';

type ClassOutput = Extract<OutputSignature, { kind: 'classes' }>;

/** What a decoder wrote: class probabilities step by step, [T,C], up to the first step whose likeliest class ends the text, that one included; and the text before it. */
export function writtenText(
  steps: readonly (readonly number[])[],
  output: ClassOutput,
): { readonly steps: readonly (readonly number[])[]; readonly text: string } {
  const { classes } = output;
  const written = steps.map((step) => classes[step.indexOf(Math.max(...step))] ?? '');
  const end = written.indexOf(END_CLASS);
  return { steps: end === -1 ? steps : steps.slice(0, end + 1), text: joinClasses(written, output) };
}

/** Classes up to the one that ends them, as a person writes them: characters without, words with a space between. */
export function joinClasses(written: readonly string[], { classes, fromRight }: ClassOutput): string {
  const end = written.indexOf(END_CLASS);
  const kept = end === -1 ? [...written] : written.slice(0, end);
  const areCharacters = classes.every((each) => each === END_CLASS || [...each].length === 1);
  return (fromRight === true ? kept.reverse() : kept).join(areCharacters ? '' : ' ');
}
