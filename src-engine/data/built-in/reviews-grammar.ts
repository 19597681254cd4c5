import { chance, pick, type Random } from '../random.ts';
import type { PolarityLexicon, PolarityWords } from './reviews-lexicon.ts';

export type Polarity = keyof PolarityLexicon;

/**
 * A grammar of short film reviews. `{name}` stands for one alternative of that rule; `{same.PLACE}` for a polarity word of the review's own
 * class and `{other.PLACE}` for one of the opposite class, which only stands where it is denied or outweighed. Every alternative serves both
 * classes, so that nothing but the polarity words, and the order they stand in, tells the class. `a` and `an` are kept away from
 * polarity words: which one fits would give their first letter away.
 */
const RULES = {
  review: [
    '{judgement}',
    '{judgement} {judgement}',
    '{opening} {judgement}',
    '{opening} {judgement} {judgement}',
    '{judgement} {aside} {judgement}',
    '{opening} {judgement} {aside} {judgement}',
    '{judgement} {judgement} {aside} {judgement}',
    '{opening} {judgement} {judgement} {judgement}',
    '{opening} {aside} {judgement}',
    '{judgement} {closing}',
    '{judgement} {judgement} {closing}',
  ],
  judgement: ['{plain}', '{plain}', '{plain}', '{plain}', '{plain}', '{plain}', '{plain}', '{denied}', '{denied}', '{outweighed}'],
  plain: [
    'the {part} is {degree} {same.adjective} .',
    'the {part} is {same.adjective} and {same.adjective} .',
    'the {craft} and the {scene} are {degree} {same.adjective} .',
    'this {same.adjective} {film} is {same.adjective} from start to finish .',
    'i {same.felt} it .',
    'i {same.felt} every minute of this {film} .',
    'we {same.felt} the {part} .',
    'the {part} {same.struck} me .',
    'the {part} {same.struck} us from the first scene .',
    'it is {same.adverb} {made} .',
    'the {scene} is {same.adverb} {made} , and the {craft} is {same.adjective} .',
    'this {film} is pure {same.noun} .',
    'two hours of {same.noun} , and the {part} is {same.adjective} .',
    '{same.adjective} {craft} , {same.adjective} {scene} .',
    'what {same.adjective} people in these {same.adjective} scenes .',
    'one word for this {film} : {same.adjective} .',
  ],
  denied: [
    'the {part} is not {other.adjective} .',
    'it is not {other.adjective} at all .',
    'the {part} is never {other.adjective} .',
    'nobody could call the {part} {other.adjective} .',
    'i did not find it {other.adjective} .',
  ],
  outweighed: [
    'the {craft} is {other.adjective} , but the {scene} is {same.adjective} and the {film} is {same.adjective} .',
    'the {craft} is {other.adjective} but the {scene} is {degree} {same.adjective} .',
    'it is {other.adverb} {made} , but the {part} {same.struck} me and i {same.felt} it .',
    'some scenes are {other.adjective} , but in the end i {same.felt} it .',
    'they said it was {other.adjective} , but i found it {degree} {same.adjective} .',
  ],
  opening: [
    'i saw this {film} on a plane .',
    'i watched it with {company} last {day} .',
    'we went to the cinema on {day} .',
    'my {person} chose this {film} .',
    'it is about {subject} in a small town .',
    'the story follows {subject} .',
    'it runs for about two hours .',
    'a {film} about {subject} .',
  ],
  aside: [
    'the story takes place in {place} .',
    'it was made in {place} .',
    'the director also wrote the book .',
    'most of it happens at night .',
    'there is a dog in it .',
    'we sat in the third row .',
    'my {person} came too .',
    'the second half is set in {place} .',
  ],
  closing: ['that is what i think .', 'my {person} says the same .', 'we talked about it all the way home .', 'that is all .', 'now you know .'],
  part: ['{craft}', '{scene}'],
  craft: ['acting', 'script', 'music', 'dialogue', 'cast', 'camera work', 'editing'],
  scene: ['ending', 'first half', 'second half', 'opening scene', 'story', 'plot'],
  film: ['film', 'movie', 'picture'],
  made: ['written', 'filmed', 'edited', 'directed', 'told'],
  degree: ['very', 'really', 'quite', 'truly', 'so', 'simply', 'rather'],
  company: ['two friends', 'my family', 'my {person}', 'some people from work'],
  person: ['brother', 'sister', 'father', 'mother', 'son', 'daughter', 'neighbor'],
  day: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  subject: ['two sisters', 'a doctor', 'a young teacher', 'three soldiers', 'an old man', 'a family', 'a taxi driver'],
  place: ['paris', 'a village', 'new york', 'the desert', 'a school', 'japan', 'the mountains'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Rule = keyof typeof RULES;

const PLACE = /^\{(?:(same|other)\.)?(\w+)\}$/;
const MARKED_SHARE = 0.1;

/** The words of one review, drawn from `random` with the polarity words of `lexicon`. */
export function makeReview(polarity: Polarity, lexicon: PolarityLexicon, random: Random): readonly string[] {
  const opposite = polarity === 'positive' ? 'negative' : 'positive';
  const words = expand('{review}', { same: lexicon[polarity], other: lexicon[opposite] }, random);
  return chance(random, MARKED_SHARE) && words.at(-1) === '.' ? [...words.slice(0, -1), '!'] : words;
}

/** Every word the grammar can write apart from the polarity words. */
export function grammarWords(): ReadonlySet<string> {
  const alternatives: readonly string[] = Object.values(RULES).flat();
  return new Set(['!', ...alternatives.flatMap((alternative) => alternative.split(' ').filter((word) => !PLACE.test(word)))]);
}

function expand(text: string, words: { readonly same: PolarityWords; readonly other: PolarityWords }, random: Random): readonly string[] {
  return text.split(' ').flatMap((symbol) => {
    const place = PLACE.exec(symbol);
    if (place === null) return [symbol];
    const [, side, name = ''] = place;
    if (side === 'same' || side === 'other') return [pick(random, polarityWords(words[side], name))];
    return expand(pick(random, ruleNamed(name)), words, random);
  });
}

function polarityWords(words: PolarityWords, place: string): readonly string[] {
  const found = Object.entries(words).find(([name]) => name === place);
  if (found === undefined) throw new Error(`no polarity words for ${place}`);
  return found[1] as readonly string[];
}

function ruleNamed(name: string): readonly string[] {
  if (!isRule(name)) throw new Error(`no grammar rule ${name}`);
  return RULES[name];
}

function isRule(name: string): name is Rule {
  return Object.hasOwn(RULES, name);
}
