import type { Project } from '../document/project.ts';

/** Which steps have inputs and which have outputs: the small picture on the card. */
export type ScenarioShape = 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many' | 'encoder-decoder';

/** `gradient-lab`: what vanishing, exploding, clipping and truncation do to the gradient. `lessons`: told step by step, with questions. */
export type ScenarioTopic = 'gradient-lab' | 'lessons';

/** A card of the gallery and the project it opens. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What the model does, in one or two sentences. */
  readonly text: string;
  /** What one learns from it. */
  readonly teaches: string;
  readonly shape: ScenarioShape;
  /** Gathers the cards of one subject, whatever their shapes. */
  readonly topic?: ScenarioTopic | undefined;
  /** The data set as a person names it. */
  readonly dataset: string;
  /** Score on the test split after training, as short as it can be said. */
  readonly score: string;
  /** What has to be beaten, with its name. */
  readonly baseline: string;
  /** Training time on two cores, in seconds. */
  readonly seconds: number;
  readonly project: () => Project;
}
