import { useEffect, useRef, useState } from 'react';
import { FilePlus2, FolderOpen, Search, X } from 'lucide-react';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { runCommand } from '../state/commands.ts';
import { lessonState } from '../state/lesson-store.ts';
import { useDocument } from '../state/document-store.ts';
import { useFileActions } from '../state/workspace/workspace-context.ts';
import { leaveDocument } from '../state/workspace/workspace-leave.ts';
import { workspaceStore } from '../state/workspace-store.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { TextInput } from '../ui/fields/TextInput.tsx';
import { CardGrid } from './CardGrid.tsx';
import { KeptWork } from './KeptWork.tsx';
import { Logo } from './Logo.tsx';
import { OwnDataCard } from './OwnDataCard.tsx';
import { RecentProjects } from './RecentProjects.tsx';
import { ScenarioCard } from './ScenarioCard.tsx';
import { filterName, filtersOf, findScenarios, type ScenarioFilter } from './scenario-filters.ts';
import './gallery.css';

/** Where one starts: a template, one's own data, an empty project or a file. */
export function Gallery(): React.JSX.Element {
  // Who comes from a lesson looks for the next one.
  const [filter, setFilter] = useState<ScenarioFilter>(() => (lessonState() === 'none' ? 'all' : 'lessons'));
  const [query, setQuery] = useState('');
  const files = useFileActions();
  const choose = (project: Project): void => {
    leaveDocument(() => {
      files.start(project);
    });
  };
  const showAll = (): void => {
    setFilter('all');
    setQuery('');
  };
  const shown = findScenarios(SCENARIOS, filter, query);
  return (
    <main className="gallery">
      <div className="gallery-page">
        <header className="gallery-head">
          <Logo />
          <div>
            <h1>Unroll</h1>
            <p>
              Build a sequence model, train it, watch the gradient travel through time.{' '}
              {filter === 'lessons' ? null : (
                <button
                  type="button"
                  className="gallery-begin"
                  onClick={() => {
                    setQuery('');
                    setFilter('lessons');
                  }}
                >
                  New here? Begin with a lesson
                </button>
              )}
            </p>
          </div>
          <GalleryActions
            onEmpty={() => {
              choose(emptyProject());
            }}
          />
        </header>
        <KeptWork />
        <RecentProjects />
        <div className="gallery-find">
          <FilterChips filter={filter} onChange={setFilter} />
          <SearchField query={query} onChange={setQuery} />
        </div>
        <CardGrid label="Templates">
          {query === '' && filter === 'all' ? (
            <li key="own data">
              <OwnDataCard />
            </li>
          ) : null}
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
        </CardGrid>
        {shown.length > 0 ? null : <NothingFound query={query} filter={filter} onAll={showAll} />}
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

interface FilterChipsProps {
  readonly filter: ScenarioFilter;
  readonly onChange: (filter: ScenarioFilter) => void;
}

function FilterChips({ filter, onChange }: FilterChipsProps): React.JSX.Element {
  return (
    <div className="gallery-chips" role="group" aria-label="Show templates">
      {filtersOf(SCENARIOS).map((each) => (
        <button
          key={each.filter}
          type="button"
          aria-pressed={each.filter === filter}
          onClick={() => {
            onChange(each.filter);
          }}
        >
          {filterName(each.filter)}
          <span className="gallery-chip-count">{each.count}</span>
        </button>
      ))}
    </div>
  );
}

/** Reached with `/` from anywhere in the gallery. */
function SearchField({ query, onChange }: { readonly query: string; readonly onChange: (query: string) => void }): React.JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener('keydown', focus);
    return () => {
      window.removeEventListener('keydown', focus);
    };
  }, []);
  return (
    <TextInput
      ref={field}
      className="gallery-search"
      icon={<Search aria-hidden />}
      aria-label="Find a template"
      placeholder="Find a template"
      value={query}
      onChange={onChange}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || query === '') return;
        event.preventDefault();
        onChange('');
      }}
    />
  );
}

interface NothingFoundProps {
  readonly query: string;
  readonly filter: ScenarioFilter;
  readonly onAll: () => void;
}

function NothingFound({ query, filter, onAll }: NothingFoundProps): React.JSX.Element {
  return (
    <div className="gallery-nothing" role="status">
      <p>
        No template{filter === 'all' ? '' : ` in ${filterName(filter)}`} speaks of <strong>{query}</strong>.
      </p>
      <Button size="small" onClick={onAll}>
        Show all
      </Button>
    </div>
  );
}
