/** Columns and rows of a letter above its line, before it is enlarged; `GLYPH_ROWS` counts those below the line too. */
export const GLYPH_WIDTH = 5;
export const GLYPH_HEIGHT = 7;
export const GLYPH_ROWS = 9;

/** Rows of five pixels from the top, each row a digit of base 32, its highest bit on the left. */
const ROWS: Readonly<Record<string, string>> = {
  ...{ A: 'ehhvhhh', B: 'uhhuhhu', C: 'ehggghe', D: 'uhhhhhu', E: 'vgguggv', F: 'vgguggg', G: 'ehgnhhf', H: 'hhhvhhh', I: 'e44444e' },
  ...{ J: '72222ic', K: 'hikokih', L: 'ggggggv', M: 'hrllhhh', N: 'hhpljhh', O: 'ehhhhhe', P: 'uhhuggg', Q: 'ehhhlid', R: 'uhhukih' },
  ...{ S: 'fgge11u', T: 'v444444', U: 'hhhhhhe', V: 'hhhhha4', W: 'hhhllla', X: 'hha4ahh', Y: 'hhha444', Z: 'v1248gv' },
  ...{ a: '00e1fhf', b: 'ggmphhu', c: '00egghe', d: '11djhhf', e: '00ehvge', f: '698s888', g: '00fhhhf1e', h: 'ggmphhh', i: '40c444e' },
  ...{ j: '2062222ic', k: 'ggikoki', l: 'c44444e', m: '00qllhh', n: '00mphhh', o: '00ehhhe', p: '00uhhhugg', q: '00fhhhf11', r: '00mpggg' },
  ...{ s: '00ege1u', t: '88s8896', u: '00hhhjd', v: '00hhha4', w: '00hhlla', x: '00ha4ah', y: '00hhhhf1e', z: '00v248v' },
  ...{ '0': 'ehjlphe', '1': '4c4444e', '2': 'eh1248v', '3': 'v2421he', '4': '26aiv22', '5': 'vgu11he', '6': '68guhhe', '7': 'v124888' },
  ...{ '8': 'ehhehhe', '9': 'ehhf12c', ' ': '0000000', '.': '00000cc', ',': '00000c48', ':': '0cc0cc0', '-': '000v000', _: '000000v' },
  ...{ '/': '01248g0', '[': 'e88888e', ']': 'e22222e', '(': '2488842', ')': '8422248', '=': '00v0v00', '^': '4ah0000', '+': '044v440' },
  ...{ "'": '4480000', '%': 'op248j3', '?': 'eh12404', '|': '4444444', '<': '248g842', '>': '8421248' },
};

/** True where the letter has a pixel; a letter that is not here is drawn as a question mark. */
export function hasPixel(letter: string, x: number, y: number): boolean {
  const rows = ROWS[letter] ?? ROWS['?'] ?? '';
  return ((Number.parseInt(rows.charAt(y), 32) >> (GLYPH_WIDTH - 1 - x)) & 1) === 1;
}
