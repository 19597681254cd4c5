/** A token that is nothing but white space is written with signs for it. */
export function visible(token: string): string {
  if (token.trim() !== '') return token;
  return token.replaceAll('\n', '\u21b5').replaceAll('\t', '\u21e5').replaceAll(' ', '\u2423');
}
