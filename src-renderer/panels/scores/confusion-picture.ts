import { csvText } from '../../charts/pictures/csv.ts';
import { cssColour } from '../../charts/css-colours.ts';
import { mapSvg } from '../../charts/pictures/map-picture.ts';
import type { Picture } from '../../charts/pictures/picture.ts';
import { unitColour } from '../../charts/unit-scale.ts';

/** Counts by true class and answer, [C,C]; colours are shares of their row. */
export function confusionPicture(counts: readonly (readonly number[])[], name: (index: number) => string, part: string): Picture {
  return { name: 'confusion', svg: () => confusionSvg(counts, name, part), csv: () => confusionCsv(counts, name) };
}

function confusionSvg(counts: readonly (readonly number[])[], name: (index: number) => string, part: string): string {
  const page = document.documentElement;
  const colours = {
    ground: cssColour(page, '--panel'),
    none: cssColour(page, '--hover'),
    bad: cssColour(page, '--bad'),
    text: cssColour(page, '--text'),
    mute: cssColour(page, '--mute'),
  };
  const colour = unitColour('gate', { ground: colours.ground, positive: cssColour(page, '--positive'), negative: cssColour(page, '--negative') });
  return mapSvg({
    title: `Confusion, ${part} part: truth down, answers across`,
    columnLabel: 'answer',
    columnNames: counts.map((_, index) => name(index)),
    blocks: [
      {
        title: '',
        rows: counts.map((row, truth) => {
          const total = Math.max(
            1,
            row.reduce((sum, count) => sum + count, 0),
          );
          return { label: name(truth), colours: row.map((count) => colour(count / total)) };
        }),
      },
    ],
    scale: { name: 'share of the true class', colours: Array.from({ length: 41 }, (_, index) => colour(index / 40)), ticks: ['0', '1'] },
    colours,
  });
}

function confusionCsv(counts: readonly (readonly number[])[], name: (index: number) => string): string {
  return csvText(
    ['truth', 'answer', 'count'],
    counts.flatMap((row, truth) => row.map((count, answer) => [name(truth), name(answer), count])),
  );
}
