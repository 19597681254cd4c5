import type { Measure } from '../../../src-engine/data/dataset.ts';
import { MEASURES } from '../../../src-engine/data/measures.ts';
import type { TestScore } from '../../../src-engine/session/protocol.ts';
import { scoreText, shortNumber, tableText } from './output.ts';

/** The further measures, a line each, with the baselines measured so. */
export function furtherLines({ metric, baselines, measures }: TestScore): string {
  const rows = (Object.keys(MEASURES) as Measure[]).flatMap((measure) => {
    const value = measures[MEASURES[measure]];
    return measure === metric || value === null ? [] : [[scoreText(measure, value), beside(baselines.filter((each) => each.metric === measure))]];
  });
  return tableText(rows);
}

/** `test accuracy 91.8 %  loss 0.2  baseline accuracy 50.3 %`, and what other baselines of this metric there are. */
export function testLine({ metric, score, loss, baseline, baselines }: TestScore): string {
  const others = beside(baselines.slice(1).filter((each) => each.metric === metric));
  return `test ${scoreText(metric, score)}  loss ${shortNumber(loss)}  baseline ${scoreText(metric, baseline)}  ${others}`.trimEnd();
}

function beside(baselines: TestScore['baselines']): string {
  return baselines.map(({ name, metric, score }) => `${name} ${scoreText(metric, score)}`).join('  ');
}
