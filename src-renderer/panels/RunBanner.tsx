import { TriangleAlert, Unplug } from 'lucide-react';
import { runCommand } from '../state/commands.ts';
import { runStore, useRun } from '../state/run-store.ts';
import { Button } from '../ui/Button.tsx';
import './run-banner.css';

/** What ended training against one's will, with what to do about it. */
export function RunBanner(): React.JSX.Element | null {
  const connection = useRun((run) => run.connection);
  const died = useRun((run) => run.died);
  const stopped = useRun((run) => run.stopped);
  if (connection === 'lost') {
    return (
      <Banner
        icon={<Unplug aria-hidden />}
        sentence="The window has lost its host."
        advice="It connects again by itself. If it does not, start the app again; nothing on the canvas is lost."
      />
    );
  }
  if (died !== null) {
    return (
      <Banner
        icon={<TriangleAlert aria-hidden />}
        sentence={died}
        advice="The drawing is kept. Train starts the engine again, from new weights."
        action={{ label: 'Train again', command: 'run.train' }}
      />
    );
  }
  if (stopped !== null) return <Stopped sentence={stopped.sentence} />;
  return null;
}

/** The session's words name the place and what to do; the first sentence is what happened. */
function Stopped({ sentence }: { readonly sentence: string }): React.JSX.Element {
  const end = sentence.indexOf('. ') + 1;
  return (
    <Banner
      icon={<TriangleAlert aria-hidden />}
      sentence={end === 0 ? sentence : sentence.slice(0, end)}
      advice={end === 0 ? '' : sentence.slice(end)}
      action={{ label: 'Reset', command: 'run.reset' }}
      onDismiss={() => {
        runStore.setState({ stopped: null });
      }}
    />
  );
}

interface BannerProps {
  readonly icon: React.ReactNode;
  readonly sentence: string;
  readonly advice: string;
  readonly action?: { readonly label: string; readonly command: string };
  readonly onDismiss?: () => void;
}

function Banner({ icon, sentence, advice, action, onDismiss }: BannerProps): React.JSX.Element {
  return (
    <div className="run-banner" role="alert">
      {icon}
      <p>
        <strong>{sentence}</strong> {advice}
      </p>
      {action === undefined ? null : (
        <Button size="small" onClick={() => runCommand(action.command)}>
          {action.label}
        </Button>
      )}
      {onDismiss === undefined ? null : (
        <Button size="small" variant="quiet" onClick={onDismiss}>
          Dismiss
        </Button>
      )}
    </div>
  );
}
