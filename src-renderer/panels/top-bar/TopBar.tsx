import { FolderOpen, LayoutGrid, Save, Search } from 'lucide-react';
import { runCommand, useShortcut } from '../../state/commands.ts';
import { useHidden } from '../../state/lesson-store.ts';
import { Button } from '../../ui/Button.tsx';
import { ButtonGroup } from '../../ui/ButtonGroup.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { LessonButton } from '../lesson/LessonButton.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { ProjectName } from './ProjectName.tsx';
import { RunControls } from './RunControls.tsx';
import { RunProgress, RunReadout } from './RunReadout.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import './top-bar.css';

/** What is open, how it trains, and everything that concerns the whole window. */
export function TopBar({ logo }: { readonly logo: React.ReactNode }): React.JSX.Element {
  return (
    <header className="top-bar">
      <h1 className="visually-hidden">Unroll</h1>
      {logo}
      <ProjectName />
      <RunControls />
      <RunReadout />
      <div className="top-end">
        <LessonButton />
        <FileButtons />
        {useHidden('templates') ? null : (
          <Button className="top-templates" icon={<LayoutGrid aria-hidden />} onClick={() => runCommand('view.templates')}>
            <span>Templates</span>
          </Button>
        )}
        <CommandsButton />
        <ThemeSwitch />
      </div>
      <RunProgress />
    </header>
  );
}

function FileButtons(): React.JSX.Element {
  return (
    <ButtonGroup label="File">
      <IconButton label="Open a project" icon={<FolderOpen />} shortcut={useShortcut('file.open')} onClick={() => runCommand('file.open')} />
      <IconButton label="Save the project" icon={<Save />} shortcut={useShortcut('file.save')} onClick={() => runCommand('file.save')} />
      {useHidden('export') ? null : <ExportMenu />}
    </ButtonGroup>
  );
}

function CommandsButton(): React.JSX.Element {
  const shortcut = useShortcut('view.commands');
  return (
    <Button className="top-commands" icon={<Search aria-hidden />} onClick={() => runCommand('view.commands')}>
      <span>Commands</span>
      {shortcut === null ? null : <Kbd>{shortcut}</Kbd>}
    </Button>
  );
}
