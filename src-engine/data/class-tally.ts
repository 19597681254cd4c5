/** Classes up to which a confusion matrix is kept. */
const MOST_CLASSES = 60;

/** Of one class; 0 where nothing was answered, or nothing asked, with it. */
export interface ClassMeasures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Targets of this class. */
  readonly count: number;
}

/** Counts answers by true class and answered class. */
export class ClassTally {
  private readonly classes: number;
  private readonly right: Float64Array;
  private readonly asked: Float64Array;
  private readonly answered: Float64Array;
  /** [C,C]; empty with too many classes. */
  private readonly matrix: Float64Array;

  constructor(classes: number) {
    this.classes = classes;
    this.right = new Float64Array(classes);
    this.asked = new Float64Array(classes);
    this.answered = new Float64Array(classes);
    this.matrix = new Float64Array(classes <= MOST_CLASSES ? classes * classes : 0);
  }

  /** True where the answer is right. */
  add(target: number, answer: number): boolean {
    increment(this.asked, target);
    increment(this.answered, answer);
    if (target === answer) increment(this.right, target);
    if (this.matrix.length > 0) increment(this.matrix, target * this.classes + answer);
    return target === answer;
  }

  /** As scikit-learn has them: F1 = 2 right / (asked + answered), its mean over the classes that occur at all. */
  measures(): {
    readonly accuracy: number;
    readonly macroF1: number;
    readonly perClass: readonly ClassMeasures[] | null;
    readonly confusion: readonly (readonly number[])[] | null;
  } {
    const { classes, right, asked, answered, matrix } = this;
    const perClass = Array.from({ length: classes }, (_, each) => {
      const [hits, truths, answers] = [right[each] ?? 0, asked[each] ?? 0, answered[each] ?? 0];
      return { precision: share(hits, answers), recall: share(hits, truths), f1: share(2 * hits, truths + answers), count: truths };
    });
    const occurring = perClass.filter((_, each) => (asked[each] ?? 0) + (answered[each] ?? 0) > 0);
    const kept = matrix.length > 0;
    return {
      accuracy: share(sum(right), sum(asked)),
      macroF1: share(
        occurring.reduce((total, { f1 }) => total + f1, 0),
        occurring.length,
      ),
      perClass: kept ? perClass : null,
      confusion: kept ? Array.from({ length: classes }, (_, row) => [...matrix.subarray(row * classes, (row + 1) * classes)]) : null,
    };
  }
}

function increment(counts: Float64Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function sum(values: Float64Array): number {
  return values.reduce((total, each) => total + each, 0);
}
