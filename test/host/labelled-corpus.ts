import { createRandom, pick, randomIndex } from '../../src-engine/data/random.ts';

const SUBJECTS = ['film', 'story', 'café', 'début', 'actor', 'plot', 'naïve hero', 'music', 'scene', 'finalé', 'camera work', 'dialogue'];
const GOOD = ['good', 'great', 'wonderful', 'brilliant', 'moving', 'lovely', 'superb', 'charming', 'excellent', 'delightful'];
const BAD = ['bad', 'awful', 'dull', 'terrible', 'boring', 'poor', 'weak', 'horrible', 'tedious', 'dreadful'];
const FRAMES = ['the S was A', 'what a A S', 'I found the S A and B', 'a A S, if you ask René', 'S: A, even B', 'every S was A to the end'];

/** Lines of one opinion, the same for the same seed; with letters that Latin-1 and UTF-8 write differently. */
export function opinionLines(positive: boolean, count: number, seed: number): readonly string[] {
  const random = createRandom(seed);
  const words = positive ? GOOD : BAD;
  return Array.from({ length: count }, () => {
    const frame = pick(random, FRAMES);
    const number = randomIndex(random, 1000);
    return `${frame.replace('S', pick(random, SUBJECTS)).replace('A', pick(random, words)).replace('B', pick(random, words))} (${number})`;
  });
}

export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
