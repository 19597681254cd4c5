import { useState } from 'react';
import { Segmented } from '../ui/fields/Segmented.tsx';
import { HistoryButtons } from './HistoryButtons.tsx';
import { ProjectEditor } from './ProjectEditor.tsx';
import { PytorchView } from './PytorchView.tsx';
import './code.css';

type Language = 'project' | 'pytorch';

/** The model as text: the project's JSON to edit, and PyTorch code to take along. */
export function CodeView(): React.JSX.Element {
  const [language, setLanguage] = useState<Language>('project');
  const languages = (
    <Segmented
      label="Language"
      value={language}
      options={[
        { value: 'project', label: 'Project' },
        { value: 'pytorch', label: 'PyTorch' },
      ]}
      onChange={setLanguage}
    />
  );
  return (
    <div className="code-view">
      {language === 'pytorch' ? (
        <PytorchView languages={languages} />
      ) : (
        <>
          <div className="code-bar">
            {languages}
            <span className="code-bar-note">Each text that can be read is one undo step.</span>
            <HistoryButtons />
          </div>
          <ProjectEditor />
        </>
      )}
    </div>
  );
}
