import { useState } from 'react';
import { FilePlus2, FolderOpen, X } from 'lucide-react';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import type { ScenarioShape } from '../../src-engine/scenarios/scenario.ts';
import { runCommand } from '../state/commands.ts';
import { useDocument } from '../state/document-store.ts';
import { useFileActions } from '../state/workspace-context.ts';
import { leaveDocument } from '../state/workspace-leave.ts';
import { workspaceStore } from '../state/workspace-store.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Logo } from './Logo.tsx';
import { ScenarioCard } from './ScenarioCard.tsx';
import { shapeNames, shapesOf } from './scenario-filters.ts';
import './gallery.css';

/** Where one starts: a template, an empty project or a file. */
export function Gallery(): React.JSX.Element {
  const [shape, setShape] = useState<ScenarioShape | null>(null);
  const files = useFileActions();
  const choose = (project: Project): void => {
    leaveDocument(() => {
      files.start(project);
    });
  };
  const shown = SCENARIOS.filter((scenario) => shape === null || scenario.shape === shape);
  return (
    <main className="gallery">
      <div className="gallery-page">
        <header className="gallery-head">
          <Logo />
          <div>
            <h1>Unroll</h1>
            <p>Build a sequence model, train it, watch the gradient travel through time.</p>
          </div>
          <GalleryActions
            onEmpty={() => {
              choose(emptyProject());
            }}
          />
        </header>
        <ShapeChips shape={shape} onChange={setShape} />
        <ul className="gallery-cards" aria-label="Templates">
          {shown.map((scenario) => (
            <li key={scenario.id}>
              <ScenarioCard
                scenario={scenario}
                onChoose={() => {
                  choose(scenario.project());
                }}
              />
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}

function GalleryActions({ onEmpty }: { readonly onEmpty: () => void }): React.JSX.Element {
  const hasDocument = useDocument((state) => state.opened > 0);
  return (
    <div className="gallery-actions">
      <Button icon={<FilePlus2 aria-hidden />} onClick={onEmpty}>
        Empty project
      </Button>
      <Button icon={<FolderOpen aria-hidden />} onClick={() => runCommand('file.open')}>
        Open
      </Button>
      {hasDocument ? (
        <IconButton
          label="Back to the project"
          shortcut="Esc"
          icon={<X />}
          variant="quiet"
          onClick={() => {
            workspaceStore.setState({ galleryOpen: false });
          }}
        />
      ) : null}
    </div>
  );
}

interface ShapeChipsProps {
  readonly shape: ScenarioShape | null;
  readonly onChange: (shape: ScenarioShape | null) => void;
}

function ShapeChips({ shape, onChange }: ShapeChipsProps): React.JSX.Element {
  const chips = [null, ...shapesOf(SCENARIOS)];
  return (
    <div className="gallery-chips" role="group" aria-label="Show templates">
      {chips.map((each) => (
        <button
          key={each ?? 'all'}
          type="button"
          aria-pressed={each === shape}
          onClick={() => {
            onChange(each);
          }}
        >
          {each === null ? 'All' : shapeNames[each]}
        </button>
      ))}
    </div>
  );
}
