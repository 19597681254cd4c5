/** White space that can be seen. */
export function visible(token: string): string {
  return token.replaceAll('\n', '\u21b5').replaceAll('\t', '\u21e5').replaceAll(' ', '\u2423');
}
