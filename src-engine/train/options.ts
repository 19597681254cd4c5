/** The training part of a project, as the trainer needs it (the same fields as `TrainingSpec` of the document). */
export interface TrainingOptions {
  readonly optimizer:
    | { readonly kind: 'sgd'; readonly learningRate: number }
    | {
        readonly kind: 'adam';
        readonly learningRate: number;
        readonly beta1?: number | undefined;
        readonly beta2?: number | undefined;
        readonly epsilon?: number | undefined;
      };
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
  readonly clip: { readonly kind: 'none' } | { readonly kind: 'norm'; readonly max: number };
}
