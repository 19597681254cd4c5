/** A text as a terminal may show it: control characters, with which a model file could give orders to a terminal, are replaced; line breaks and tabs stay. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '\uFFFD');
}
