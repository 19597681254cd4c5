/** Values of the design's colour variables where a canvas needs them, e.g. `cssColour(element, '--line')`. */
export function cssColour(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim();
}
