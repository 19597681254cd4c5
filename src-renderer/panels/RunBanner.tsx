import { TriangleAlert, Unplug } from 'lucide-react';
import { runCommand } from '../state/commands.ts';
import { useDocument } from '../state/document-store.ts';
import { runStore, useRun } from '../state/run-store.ts';
import { formatNumber } from '../charts/format-number.ts';
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

function Stopped({ sentence }: { readonly sentence: string }): React.JSX.Element {
  const training = useDocument((state) => state.project.training);
  const rate = formatNumber(training.optimizer.learningRate);
  const clip = training.clip.kind === 'none' ? ' or clip the gradient by norm' : '';
  return (
    <Banner
      icon={<TriangleAlert aria-hidden />}
      sentence={sentence}
      advice={`The update was not applied. Lower the learning rate, now ${rate},${clip} and train again from new weights.`}
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
