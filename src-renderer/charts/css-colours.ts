/** Reading a computed style costs a pass over the page's styles; a theme's colours do not change while it is on. */
const known = new Map<string, string>();

/** Values of the design's colour variables where a canvas needs them, e.g. `cssColour(element, '--line')`. */
export function cssColour(element: Element, name: string): string {
  const page = element.ownerDocument.documentElement;
  const key = `${page.dataset['theme'] ?? ''} ${name}`;
  const value = known.get(key) ?? getComputedStyle(page).getPropertyValue(name).trim();
  known.set(key, value);
  return value;
}
