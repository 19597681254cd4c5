import { languageExamples } from '../text/language-examples.ts';
import { TextCollector } from '../text/language-text.ts';
import { isBlank, isMissing } from './rows/cells.ts';
import type { RowBatch } from './rows/csv-rows.ts';
import { decode } from './rows/decode.ts';
import { Growing } from './grow.ts';
import { refuse, tooSmall, unreadable, type Place } from './import-problems.ts';
import type { ImportPart } from './import-services.ts';
import { LabelledTexts } from './labelled-texts.ts';
import { readLines } from './rows/lines.ts';
import { NumberRows, type NumberColumn } from './number-rows.ts';
import { countsOf, type Made, type ReadTask } from './read-task.ts';
import { readTable } from './rows/table-rows.ts';

const LANGUAGE = { word: { vocabulary: 10_000, length: 35 }, character: { vocabulary: 1000, length: 100 } } as const;
/** Above this many bytes a text is read by words unless characters are asked for: a number is kept for each. */
const WORDS_FROM = 20 * 1024 * 1024;

/** Every row of the table of a task, with its place. */
async function eachRow({ decision, options, reader, stats }: ReadTask, take: (row: readonly string[], place: Place) => void): Promise<void> {
  const { table } = decision;
  if (table === null) throw new Error('rows of what is no table');
  for (const part of decision.parts) {
    for await (const batch of readTable(reader, part, { ...table.layout, encoding: options.encoding })) takeBatch(batch, part, take, stats, reader);
  }
}

function takeBatch(
  batch: RowBatch,
  part: ImportPart,
  take: (row: readonly string[], place: Place) => void,
  stats: ReadTask['stats'],
  reader: ReadTask['reader'],
): void {
  for (const [index, row] of batch.rows.entries()) {
    if (isBlank(row)) continue;
    for (const [column, each] of stats.entries()) each.add(row[column] ?? '');
    take(row, { file: part.file.name, row: batch.first + index });
    reader.rows += 1;
  }
}

function rolesOf({ decision }: ReadTask) {
  const roles = decision.table?.roles ?? [];
  return { roles, names: decision.table?.layout.columns ?? [], text: roles.indexOf('text'), label: roles.indexOf('label') };
}

export async function readSeries(task: ReadTask) {
  const { roles, names } = rolesOf(task);
  const rows = new NumberRows(names, roles, task.options, task.reader.budget);
  await eachRow(task, (row, place) => rows.add(row, place, false));
  return rows.finish(task.decision.head.file.name);
}

export interface LabelledRows {
  readonly columns: readonly NumberColumn[];
  /** [N], places in `names`. */
  readonly labels: Int32Array;
  readonly names: readonly string[];
}

const MOST_CLASSES = 1000;

export async function readLabelledNumbers(task: ReadTask): Promise<LabelledRows> {
  const { roles, names: columns, label } = rolesOf(task);
  const refusing = task.options.missing === 'refuse';
  const rows = new NumberRows(columns, roles, { ...task.options, missing: refusing ? 'refuse' : 'drop' }, task.reader.budget);
  const names = new Map<string, number>();
  const labels = new Growing(Int32Array, task.reader.budget);
  await eachRow(task, (row, place) => {
    const name = labelOf(row[label] ?? '', { ...place, column: columns[label] ?? '' }, refusing);
    if (name === null || !rows.add(row, place, true)) return;
    if (!names.has(name)) names.set(name, names.size);
    if (names.size > MOST_CLASSES)
      refuse(unreadable(place, `up to here there are more than ${MOST_CLASSES} different classes.`, 'Choose another column as the label.'));
    labels.push(names.get(name) ?? 0);
  });
  return { columns: rows.finish(task.decision.head.file.name).columns, labels: labels.take(), names: [...names.keys()] };
}

function labelOf(cell: string, place: Place, refusing: boolean): string | null {
  const label = cell.trim();
  if (label !== '') return label;
  return refusing ? refuse(unreadable(place, 'the class is missing.', 'Fill it in, or set missing values to drop.')) : null;
}

export async function readLabelledTexts(task: ReadTask, title: string): Promise<Made> {
  const { options, spec, decision, reader } = task;
  const texts = new LabelledTexts(options, reader.budget);
  if (decision.table !== null) await addRows(task, texts);
  else if (options.format === 'folder') await addWholeFiles(task, texts);
  else await addLines(task, texts);
  const found: { value: Made['vectors'] } = { value: null };
  const { distinct, unit } = texts;
  const { dataset, lengths, length, coverage } = await texts.finish(spec, options, title, async (vocabulary) => {
    if (unit !== 'word') return {};
    const { vectors, found: own } = await task.vectors(vocabulary);
    found.value = own;
    return vectors;
  });
  const { input } = dataset.signature;
  const size = input.kind === 'tokens' ? input.vocabulary.length : 0;
  const vocabulary = { distinct, kept: size - 1, coverage };
  return {
    dataset,
    classes: countsOf(dataset),
    lengths: { unit, ...lengths },
    vocabulary,
    numbers: [],
    vectors: found.value,
    options: { ...options, unit, length, vocabulary: options.vocabulary ?? Math.max(2, size) },
  };
}

async function addRows(task: ReadTask, texts: LabelledTexts): Promise<void> {
  const { names, text, label } = rolesOf(task);
  const refusing = task.options.missing === 'refuse';
  await eachRow(task, (row, place) => {
    const name = labelOf(row[label] ?? '', { ...place, column: names[label] ?? '' }, refusing);
    if (name === null) return;
    const added = texts.add(row[text] ?? '', name, place);
    if (!added && refusing) refuse(unreadable({ ...place, column: names[text] ?? '' }, 'the text is missing.', 'Fill it in, or set missing values to drop.'));
  });
}

async function addLines({ decision, options, reader }: ReadTask, texts: LabelledTexts): Promise<void> {
  for (const { file, name, label } of decision.parts) {
    let row = 0;
    const before = texts.count;
    for await (const lines of readLines(decode(reader.pieces(file, name), options.encoding, file.name), file.name)) {
      for (const line of lines) {
        row += 1;
        if (texts.add(line, label ?? '', { file: file.name, row })) reader.rows += 1;
      }
    }
    if (texts.count === before) refuse(unreadable({ file: file.name }, 'there is no text in it.', 'Choose a file with one example on each line.'));
  }
}

/** Letters of the longest text in a file of its own. */
const LONGEST_TEXT = 8 * 1024 * 1024;

async function addWholeFiles({ decision, options, reader }: ReadTask, texts: LabelledTexts): Promise<void> {
  for (const { file, name, label } of decision.parts) {
    let text = '';
    for await (const piece of decode(reader.pieces(file, name), options.encoding, file.name)) {
      text += piece;
      if (text.length > LONGEST_TEXT)
        refuse(
          unreadable({ file: name }, 'it is too long for one example.', 'Each file is one example: cut it into several, or import one file for each class.'),
        );
    }
    if (texts.add(text, label ?? '', { file: name })) reader.rows += 1;
  }
}

/** Letters after which a text without line breaks is cut at a space, or anywhere. */
const LONG_LINE = 1024 * 1024;

export async function readLanguage(task: ReadTask, title: string): Promise<Made> {
  const { options, decision, spec, reader } = task;
  const size = decision.parts.reduce((sum, { file }) => sum + file.bytes, 0);
  const unit = options.unit ?? (size > WORDS_FROM ? 'word' : 'character');
  const collector = new TextCollector(unit);
  const add = (text: string): void => {
    collector.add(text);
    // Its arrays double: in the worst case the old and the new one are three times what they hold.
    const share = Math.max(0.02, Math.min(1, reader.budget.share));
    reader.budget.expect((12 * collector.count + 150 * collector.kinds) / (collector.count > 1_000_000 ? share : 1));
  };
  if (decision.table === null) await addText(task, add);
  else {
    const { text } = rolesOf(task);
    await eachRow(task, (row) => {
      const cell = row[text] ?? '';
      if (!isMissing(cell)) add(`${cell}\n`);
    });
  }
  if (collector.count < 2) refuse(tooSmall(`${title} holds ${collector.count} ${unit}s.`, 'Choose a longer text.', ''));
  const { vocabulary = LANGUAGE[unit].vocabulary, length = LANGUAGE[unit].length } = options;
  const distinct = collector.kinds;
  const made = languageExamples(collector, { unit, vocabulary, length }, spec.split);
  const { input } = made.signature;
  const tokens = input.kind === 'tokens' ? input.vocabulary : [];
  const { vectors, found } = unit === 'word' ? await task.vectors(tokens) : { vectors: {}, found: null };
  const ids = made.inputs.kind === 'tokens' ? made.inputs.ids : new Int32Array(0);
  const known = ids.reduce((sum, id) => (id === 0 ? sum : sum + 1), 0);
  return {
    dataset: { ...made, source: spec.source, title, generated: false, vectors },
    classes: [],
    lengths: { unit, shortest: Math.min(length, made.signature.longest), median: made.signature.longest, longest: made.signature.longest },
    vocabulary: { distinct, kept: tokens.length - 1, coverage: known / Math.max(1, ids.length) },
    numbers: [],
    vectors: found,
    options: { ...options, unit, vocabulary, length },
  };
}

/** Pieces end behind a line break, so that no word is cut in two. */
async function addText({ decision, options, reader }: ReadTask, add: (text: string) => void): Promise<void> {
  for (const { file, name } of decision.parts) {
    let rest = '';
    for await (const piece of decode(reader.pieces(file, name), options.encoding, file.name)) {
      const text = rest + piece;
      const cut = cutOf(text);
      if (cut > 0) add(text.slice(0, cut));
      rest = text.slice(cut);
      reader.rows += piece.split('\n').length - 1;
    }
    if (rest !== '') add(rest);
  }
}

function cutOf(text: string): number {
  const line = text.lastIndexOf('\n') + 1;
  if (line > 0 || text.length < LONG_LINE) return line;
  const space = text.lastIndexOf(' ') + 1;
  if (space > 0) return space;
  const last = text.length - 1;
  return /[\ud800-\udbff]/u.test(text.charAt(last - 1)) ? last - 1 : last;
}
