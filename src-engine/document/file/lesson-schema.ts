import { z } from 'zod';
import { LESSON_CONTROLS, LESSON_PLACES, LESSON_QUANTITIES } from '../lesson.ts';
import { REMEDY_KINDS } from '../remedies/remedy-kinds.ts';

/** Each `error` says what is expected, to end the sentence "Give ..."; each description helps whoever writes a lesson in the code editor. */
function text(most: number, about: string) {
  const error = `a text of 1 to ${most.toLocaleString('en')} characters`;
  return z.string({ error }).min(1, { error }).max(most, { error }).describe(about);
}

function oneOf<const Names extends readonly [string, ...string[]]>(names: Names, about: string) {
  return z.enum(names, { error: `one of ${names.join(', ')}` }).describe(about);
}

const MOST_STEPS = 100;
const MOST_CHOICES = 8;
const list = (least: number, most: number, of: string): string => `a list of ${least} to ${most} ${of}`;

const hide = z
  .array(oneOf(LESSON_CONTROLS, 'A part of the window.'), { error: 'a list of parts of the window' })
  .max(LESSON_CONTROLS.length, { error: 'a list without a part twice' })
  .describe('Parts of the window that are out of the way until the lesson is left.');

const label = text(60, 'On the button.').optional();

const action = z
  .discriminatedUnion(
    'kind',
    [
      z.looseObject({ kind: z.enum(['train', 'step', 'stop', 'reset']), label }),
      z.looseObject({
        kind: z.literal('remedy').describe('Changes one thing, and trains anew from the same seed and data.'),
        remedy: oneOf(REMEDY_KINDS, 'What is changed, as the Gradients panel offers it.'),
        node: text(200, 'Id of the cell.'),
        label,
      }),
    ],
    { error: 'an action of kind "train", "step", "stop", "reset" or "remedy"' },
  )
  .describe('What the button of the step does.');

const choice = z.looseObject(
  { text: text(300, 'What the learner may predict.'), right: z.boolean({ error: 'true or false' }).optional().describe('True for what really happens.') },
  { error: 'an object with text' },
);

const choices = z
  .array(choice, { error: list(2, MOST_CHOICES, 'choices') })
  .min(2, { error: list(2, MOST_CHOICES, 'choices') })
  .max(MOST_CHOICES, { error: list(2, MOST_CHOICES, 'choices') })
  .refine((each) => each.some(({ right }) => right === true), { error: 'choices of which at least one is right' });

const question = z
  .looseObject(
    { text: text(1000, 'To be predicted before the answer is shown.'), choices, answer: text(10_000, 'Markdown, shown once a choice is committed to.') },
    { error: 'an object with text, choices and answer' },
  )
  .describe('The learner commits to a choice before the answer is shown.');

const step = z.looseObject(
  {
    title: text(120, 'Heading of the step.'),
    text: text(20_000, 'Markdown. HTML in it is shown as text; pictures are not loaded; links lead to known sites alone.'),
    look: oneOf(LESSON_PLACES, 'The view or panel that is opened with the step.').optional(),
    quantity: oneOf(LESSON_QUANTITIES, 'What the gradient map shows from this step on.').optional(),
    question: question.optional(),
    action: action.optional(),
    hide: hide.optional(),
  },
  { error: 'an object with title and text' },
);

/** A lesson in a project file. Unknown keys are kept. */
export const lessonSchema = z
  .looseObject(
    {
      id: text(100, 'Two lessons of one id are the same lesson.'),
      title: text(120, 'Over all steps.'),
      hide: hide.optional(),
      steps: z
        .array(step, { error: list(1, MOST_STEPS, 'steps') })
        .min(1, { error: list(1, MOST_STEPS, 'steps') })
        .max(MOST_STEPS, { error: list(1, MOST_STEPS, 'steps') }),
    },
    { error: 'a lesson with id, title and steps' },
  )
  .describe('What the project teaches, step by step.');
