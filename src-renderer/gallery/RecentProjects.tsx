import { useState } from 'react';
import { FileText, X } from 'lucide-react';
import { toast } from 'sonner';
import type { RecentProject } from '../../src-main/contract.ts';
import { useRecent } from '../state/workspace/recent-store.ts';
import { useFileActions } from '../state/workspace/workspace-context.ts';
import { leaveDocument } from '../state/workspace/workspace-leave.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { CardGrid } from './CardGrid.tsx';
import { whenText } from './when-text.ts';
import './recent-projects.css';

/** Projects shown before one asks for all. */
const SHOWN = 4;

/** What one worked on last, above the templates; nothing where there is none. */
export function RecentProjects(): React.JSX.Element | null {
  const recent = useRecent();
  const [all, setAll] = useState(false);
  if (recent.length === 0) return null;
  return (
    <section className="recent" aria-labelledby="recent-title">
      <div className="recent-head">
        <h2 id="recent-title">Recent projects</h2>
        {recent.length > SHOWN ? (
          <Button
            size="small"
            variant="quiet"
            aria-expanded={all}
            onClick={() => {
              setAll(!all);
            }}
          >
            {all ? 'Show fewer' : `Show all ${recent.length}`}
          </Button>
        ) : null}
      </div>
      <CardGrid label="Recent projects">
        {(all ? recent : recent.slice(0, SHOWN)).map((project) => (
          <li key={project.handle} className="recent-item">
            <RecentCard project={project} />
          </li>
        ))}
      </CardGrid>
    </section>
  );
}

function RecentCard({ project }: { readonly project: RecentProject }): React.JSX.Element {
  const [now] = useState(() => Date.now());
  const files = useFileActions();
  const open = async (): Promise<void> => {
    const outcome = await files.openKnown(project.handle);
    if (outcome.kind === 'refused') for (const { message, fix } of outcome.problems.slice(0, 3)) toast.error(message, { description: fix });
  };
  return (
    <>
      <button
        type="button"
        className="recent-card"
        onClick={() => {
          leaveDocument(() => void open());
        }}
      >
        <FileText className="icon-l" aria-hidden />
        <span className="recent-words">
          <span className="recent-name">{project.name.replace(/\.unroll$/iu, '')}</span>
          <span className="recent-place">
            {whenText(project.used, now)} · {project.folder}
          </span>
        </span>
      </button>
      <IconButton
        label={`Forget ${project.name}`}
        className="recent-forget"
        icon={<X />}
        size="small"
        variant="quiet"
        onClick={() => void files.forget(project.handle)}
      />
    </>
  );
}
