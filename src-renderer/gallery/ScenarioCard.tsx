import type { Scenario } from '../../src-engine/scenarios/scenario.ts';
import { LecturePicture } from './LecturePicture.tsx';
import { durationText, shapeNames } from './scenario-filters.ts';

interface ScenarioCardProps {
  readonly scenario: Scenario;
  readonly onChoose: () => void;
}

/** One template: its picture, what it does and teaches, on what data, how well and how soon. */
export function ScenarioCard({ scenario, onChoose }: ScenarioCardProps): React.JSX.Element {
  return (
    <button type="button" className="card" onClick={onChoose}>
      <span className="card-picture" title={shapeNames[scenario.shape]}>
        <LecturePicture shape={scenario.shape} />
      </span>
      <span className="card-body">
        <span className="card-title">{scenario.title}</span>
        <span className="card-text">{scenario.text}</span>
        <span className="card-teaches">{scenario.teaches}</span>
        <span className="card-foot">
          <span className="card-data">
            {scenario.dataset} · {durationText(scenario.seconds)}
          </span>
          <span className="card-score">{scenario.score}</span>
          <span className="card-baseline">{scenario.baseline}</span>
        </span>
      </span>
    </button>
  );
}
