import { AppWindow, TriangleAlert, Unplug } from 'lucide-react';
import { runCommand } from '../state/commands.ts';
import { useKeeping } from '../state/keeping/keeping-store.ts';
import { runStore, useRun } from '../state/run-store.ts';
import { Button } from '../ui/Button.tsx';
import './run-banner.css';

/** What ended training against one's will, with what to do about it. */
export function RunBanner(): React.JSX.Element | null {
  const connection = useRun((run) => run.connection);
  const died = useRun((run) => run.died);
  const takenBy = useRun((run) => run.takenBy);
  const stopped = useRun((run) => run.stopped);
  if (connection === 'lost') {
    return (
      <Banner
        icon={<Unplug aria-hidden />}
        sentence="The window has lost its connection to Unroll."
        advice="It connects again by itself. If it does not, start the app again; nothing on the canvas is lost."
      />
    );
  }
  if (takenBy !== null) {
    return (
      <Banner
        icon={<AppWindow aria-hidden />}
        sentence={`Another window has opened ${takenBy === '' ? 'a project' : takenBy} in the engine.`}
        advice="The canvas here is kept, and so is the run, under Runs. Train takes the engine back and ends what trains there."
        actions={[{ label: 'Train here', command: 'run.train' }]}
      />
    );
  }
  if (died !== null) return <Died sentence={died} />;
  if (stopped !== null) return <Stopped sentence={stopped.sentence} />;
  return null;
}

/** The engine is gone, and nothing else. */
function Died({ sentence }: { readonly sentence: string }): React.JSX.Element {
  const last = useKeeping((keeping) => keeping.lastCheckpoint);
  const step = last?.step.toLocaleString('en-GB');
  return (
    <Banner
      icon={<TriangleAlert aria-hidden />}
      sentence={sentence}
      advice={
        step === undefined
          ? 'No checkpoint of the run was kept yet: Train starts the engine again, from new weights.'
          : `A checkpoint of the run at step ${step} is kept.`
      }
      actions={[
        ...(step === undefined ? [] : [{ label: `Restart from step ${step}`, command: 'run.restart' }]),
        { label: 'Train again', command: 'run.train' },
      ]}
    />
  );
}

/** The session's words name the place and what to do; the first sentence is what happened. */
function Stopped({ sentence }: { readonly sentence: string }): React.JSX.Element {
  const end = sentence.indexOf('. ') + 1;
  const last = useKeeping((keeping) => keeping.lastCheckpoint);
  return (
    <Banner
      icon={<TriangleAlert aria-hidden />}
      sentence={end === 0 ? sentence : sentence.slice(0, end)}
      advice={end === 0 ? '' : sentence.slice(end)}
      actions={[
        ...(last === null ? [] : [{ label: `Back to step ${last.step.toLocaleString('en-GB')}`, command: 'run.back' }]),
        { label: 'See the cause', command: 'view.gradients' },
        { label: 'Reset', command: 'run.reset' },
      ]}
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
  readonly actions?: readonly { readonly label: string; readonly command: string }[];
  readonly onDismiss?: () => void;
}

function Banner({ icon, sentence, advice, actions = [], onDismiss }: BannerProps): React.JSX.Element {
  return (
    <div className="run-banner" role="alert">
      {icon}
      <p>
        <strong>{sentence}</strong> {advice}
      </p>
      {actions.map(({ label, command }) => (
        <Button key={command} size="small" onClick={() => runCommand(command)}>
          {label}
        </Button>
      ))}
      {onDismiss === undefined ? null : (
        <Button size="small" variant="quiet" onClick={onDismiss}>
          Dismiss
        </Button>
      )}
    </div>
  );
}
