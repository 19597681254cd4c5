import type { Plan, PlanNode, Source } from './plan.ts';

/** What leaves a block: it was there before the first step, it comes step by step, or it is made of all steps read so far. */
type Timing = 'before' | 'step' | 'end';

/** Why a model cannot be read step by step, as the end of a sentence; null where it can. */
export function causalProblem(plan: Plan): string | null {
  const timings = new Map<string, Timing>();
  const at = ({ node, port }: Source): Timing => {
    const timing = timings.get(node) ?? 'before';
    return port === 'state' && timing === 'step' ? 'end' : timing;
  };
  for (const { node, inputs, start } of plan.order) {
    const looksAhead = aheadOf(plan, node);
    if (looksAhead !== null) return looksAhead;
    const arriving = inputs.map(at);
    const isOn = node.enabled !== false;
    if (isOn && start !== undefined && at(start) === 'end') return `${node.id} starts from what another block makes of the whole sequence`;
    if (isOn && node.kind === 'repeat' && arriving[0] === 'end') return `${node.id} hands on what was made of the whole sequence`;
    timings.set(node.id, isOn ? timingOf(node.kind, arriving) : (arriving[0] ?? 'before'));
  }
  return null;
}

function timingOf(kind: string, arriving: readonly Timing[]): Timing {
  if (kind === 'tokens' || kind === 'features' || kind === 'repeat') return 'step';
  if ((kind === 'last-step' || kind === 'pool') && arriving.includes('step')) return 'end';
  return arriving.includes('end') ? 'end' : arriving.includes('step') ? 'step' : 'before';
}

function aheadOf(plan: Plan, node: PlanNode): string | null {
  if (node.enabled === false) return null;
  if (node.kind === 'bidirectional') return `${node.id} reads each sequence from its end`;
  if (node.kind === 'decoder') return `${node.id} writes its answer after all has been read`;
  for (const child of plan.children.get(node.id) ?? []) {
    const why = aheadOf(plan, child);
    if (why !== null) return why;
  }
  return null;
}
