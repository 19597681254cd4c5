import type { Project } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import type { DataSummary, OpenReply } from '../../src-engine/session/protocol.ts';
import type { Lane } from './network-lanes.ts';

/** What is unrolled: the model that the session holds, with what its data says. */
export interface UnrolledProps {
  readonly opened: OpenReply;
  readonly project: Project;
  readonly signature: DataSignature;
  readonly data: DataSummary;
  readonly lanes: readonly Lane[];
  /** Steps of a window of truncated BPTT; null where the gradient goes back all the way. */
  readonly window: number | null;
}
