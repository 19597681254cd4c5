import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { answeredTexts } from '../text/answered-texts.ts';
import type { Dataset } from '../dataset.ts';
import { EXAMPLES, SEED } from './generated.ts';
import { parseOptions } from '../options.ts';
import { createRandom, pick, randomIndex, type Random } from '../random.ts';

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'] as const;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const FIRST_YEAR = 1900;
const YEARS = 200;
const MILLISECONDS_A_DAY = 86_400_000;

const DatesOptions = z.strictObject({ count: EXAMPLES.default(20_000), seed: SEED });

interface Day {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly weekday: string;
}

/** The ways in which people write a date. Numbers alone stand in the order day, month, year, or year first. */
const STYLES: readonly ((day: Day) => string)[] = [
  ({ year, month, day }) => `${day} ${nameOf(month)} ${year}`,
  ({ year, month, day }) => `${nameOf(month)} ${day}, ${year}`,
  ({ year, month, day }) => `${day} ${short(month)} ${year}`,
  ({ year, month, day }) => `${short(month)} ${day}, ${year}`,
  ({ year, month, day }) => `${short(month)}. ${ordinal(day)} ${year}`,
  ({ year, month, day }) => `${ordinal(day)} of ${nameOf(month)} ${year}`,
  ({ year, month, day }) => `the ${ordinal(day)} of ${nameOf(month)}, ${year}`,
  ({ year, month, day, weekday }) => `${weekday}, ${day} ${nameOf(month)} ${year}`,
  ({ year, month, day, weekday }) => `${weekday.slice(0, 3)} ${short(month)} ${day} ${year}`,
  ({ year, month, day }) => `${day}.${month}.${year}`,
  ({ year, month, day }) => `${two(day)}/${two(month)}/${year}`,
  ({ year, month, day }) => `${day}-${short(month)}-${year}`,
  ({ year, month, day }) => `${year}/${month}/${day}`,
  ({ year, month, day }) => `${year} ${nameOf(month)} ${day}`,
];

/** Dates from 1900 to 2099 as people write them, to ISO 8601: `the 3rd of may, 1987` to `1987-05-03`. All texts differ. */
export function loadDates(spec: DataSpec): Promise<Dataset> {
  const { count, seed } = parseOptions(spec, DatesOptions);
  const random = createRandom(seed);
  const asked = new Map<string, string>();
  while (asked.size < count) {
    const day = anyDay(random);
    asked.set(pick(random, STYLES)(day), `${day.year}-${two(day.month)}-${two(day.day)}`);
  }
  const pairs = Array.from(asked, ([question, answer]) => ({ question, answer }));
  const questionCharacters = ' ,./-0123456789abcdefghijklmnopqrstuvwxyz';
  return Promise.resolve(answeredTexts(spec, { title: 'Dates', questionCharacters, answerCharacters: '-0123456789', pairs }));
}

/** A day by the Gregorian calendar; all days are as likely. */
function anyDay(random: Random): Day {
  const first = Date.UTC(FIRST_YEAR, 0, 1);
  const days = (Date.UTC(FIRST_YEAR + YEARS, 0, 1) - first) / MILLISECONDS_A_DAY;
  const date = new Date(first + randomIndex(random, days) * MILLISECONDS_A_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: WEEKDAYS[date.getUTCDay()] ?? '' };
}

function nameOf(month: number): string {
  return MONTHS[month - 1] ?? '';
}

function short(month: number): string {
  return nameOf(month).slice(0, 3);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function ordinal(day: number): string {
  const ending = day % 100 >= 11 && day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}
