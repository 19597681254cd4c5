import { addition } from './addition.ts';
import { cloze } from './cloze.ts';
import { dates } from './dates.ts';
import { deepRnn } from './deep-rnn.ts';
import { feedForward } from './feed-forward.ts';
import { forecastEveryMonth } from './forecast-every-month.ts';
import { forecast } from './forecast.ts';
import { averaged } from './gradient-lab/averaged.ts';
import { exploding } from './gradient-lab/exploding.ts';
import { recallGru, recallLstm, recallRnn, recallSideBySide } from './gradient-lab/recall.ts';
import { truncated } from './gradient-lab/truncated.ts';
import { lectureUnit } from './lecture-unit.ts';
import { clippingLesson } from './lessons/clipping.ts';
import { forgettingLesson } from './lessons/forgetting.ts';
import { gatesLesson } from './lessons/gates.ts';
import { nameLetters } from './name-letters.ts';
import { names } from './names.ts';
import { nextCharacter } from './next-character.ts';
import { nextWord } from './next-word.ts';
import { oneToOne } from './one-to-one.ts';
import { parity } from './parity.ts';
import type { Scenario } from './scenario.ts';
import { seattle } from './seattle.ts';
import { sentiment } from './sentiment.ts';
import { sine } from './sine.ts';

/** The templates, in the order of the gallery. */
export const SCENARIOS: readonly Scenario[] = [
  names,
  sentiment,
  forecast,
  nextCharacter,
  nextWord,
  cloze,
  seattle,
  forecastEveryMonth,
  deepRnn,
  oneToOne,
  feedForward,
  sine,
  nameLetters,
  addition,
  dates,
  parity,
  lectureUnit,
  recallSideBySide,
  recallRnn,
  recallGru,
  recallLstm,
  exploding,
  truncated,
  averaged,
  forgettingLesson,
  gatesLesson,
  clippingLesson,
];

export function findScenario(id: string): Scenario | null {
  return SCENARIOS.find((scenario) => scenario.id === id) ?? null;
}
