import { useState } from 'react';
import { Grid3x3 } from 'lucide-react';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { DataSummary } from '../../../src-engine/session/protocol.ts';
import { hasTrained, useRun } from '../../state/run-store.ts';
import { Segmented } from '../../ui/fields/Segmented.tsx';
import { Empty } from '../Empty.tsx';
import { GivenField } from '../samples/GivenField.tsx';
import { Connectivity } from './Connectivity.tsx';
import { CellStates } from './CellStates.tsx';
import '../samples/samples.css';
import './states.css';

type View = 'states' | 'connectivity';

/** What goes on inside the model while it reads one input: its states and gates, and what each answer hangs on. */
export function StatesPanel(): React.JSX.Element {
  const opened = useRun((run) => run.opened);
  const signature = opened?.signature ?? null;
  const data = opened?.data ?? null;
  if (opened === null || signature === null || data === null) {
    return (
      <Empty icon={<Grid3x3 />} title="No model yet">
        Once a model with data is on the canvas and free of problems, its states are painted here for any input you type.
      </Empty>
    );
  }
  if (opened.probeLayers.length === 0) {
    return (
      <Empty icon={<Grid3x3 />} title="No recurrent cell">
        This model has no state that travels through time. Add an RNN, GRU or LSTM to see one.
      </Empty>
    );
  }
  return (
    <div className="samples-box">
      <States signature={signature} data={data} />
    </div>
  );
}

function States({ signature, data }: { readonly signature: DataSignature; readonly data: DataSummary }): React.JSX.Element {
  const [view, setView] = useState<View>('states');
  const trained = useRun(hasTrained);
  return (
    <div className="samples">
      <div className="samples-bar">
        <Segmented
          label="What to show"
          value={view}
          options={[
            { value: 'states', label: 'states' },
            { value: 'connectivity', label: 'connectivity' },
          ]}
          onChange={setView}
        />
        <GivenField label="Text" signature={signature} data={data} />
        {trained ? null : <span className="states-untrained">first weights, not trained</span>}
      </div>
      {view === 'states' ? <CellStates signature={signature} data={data} /> : <Connectivity signature={signature} data={data} />}
    </div>
  );
}
