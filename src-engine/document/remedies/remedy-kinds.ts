/** The changes of a project that may cure a gradient which vanishes or explodes. */
export const REMEDY_KINDS = ['lstm', 'gru', 'identity', 'orthogonal', 'gate-bias', 'clip', 'learning-rate', 'window'] as const;
export type RemedyKind = (typeof REMEDY_KINDS)[number];
