import { parseProject } from '../../src-engine/document/file/parse-project.ts';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';

/** How the text stands to the document. */
export type TextState =
  | { readonly kind: 'in-step' }
  /** The text cannot be read; the document keeps its last version. `behind` is true once the document has moved on. */
  | { readonly kind: 'mistaken'; readonly problems: readonly Problem[]; readonly behind: boolean };

export interface DocumentDoor {
  readonly project: () => Project;
  /** One undo step. */
  readonly edit: (project: Project) => void;
}

/** The project's text and the document, each following the other. Knows no editor. */
export class ProjectText {
  state: TextState = { kind: 'in-step' };
  private text: string;
  /** The version the text stands for. */
  private standsFor: Project;
  private readonly door: DocumentDoor;

  constructor(door: DocumentDoor) {
    this.door = door;
    this.standsFor = door.project();
    this.text = serializeProject(this.standsFor);
  }

  current(): string {
    return this.text;
  }

  /** What was typed: a text that can be read becomes the document, in one undo step; any other changes nothing. */
  typed(text: string): TextState {
    this.text = text;
    const parsed = parseProject(text);
    if (!parsed.ok) {
      this.state = { kind: 'mistaken', problems: parsed.problems, behind: this.standsFor !== this.door.project() };
      return this.state;
    }
    this.state = { kind: 'in-step' };
    if (serializeProject(parsed.project) !== serializeProject(this.door.project())) this.door.edit(parsed.project);
    this.standsFor = this.door.project();
    return this.state;
  }

  /** The document may have changed elsewhere: the new text where there is one, null where the text stays as it is. */
  follow(): string | null {
    const project = this.door.project();
    if (project === this.standsFor) return null;
    if (this.state.kind === 'mistaken') {
      this.state = { ...this.state, behind: true };
      return null;
    }
    return this.takeDocument();
  }

  /** Gives up what was typed. */
  takeDocument(): string {
    this.standsFor = this.door.project();
    this.text = serializeProject(this.standsFor);
    this.state = { kind: 'in-step' };
    return this.text;
  }
}
