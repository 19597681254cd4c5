import { Panel } from '@xyflow/react';
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceBetween,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceBetween,
  Group,
  type LucideIcon,
} from 'lucide-react';
import { useDocument } from '../state/document-store.ts';
import { ButtonGroup } from '../ui/ButtonGroup.tsx';
import { arrangeable } from './edits/arrange-edits.ts';
import { CommandButton } from './CommandButton.tsx';

type Entry = readonly [command: string, icon: LucideIcon];

const ALIGN: readonly Entry[] = [
  ['canvas.align.left', AlignStartVertical],
  ['canvas.align.centre', AlignCenterVertical],
  ['canvas.align.right', AlignEndVertical],
  ['canvas.align.top', AlignStartHorizontal],
  ['canvas.align.line', AlignCenterHorizontal],
  ['canvas.align.bottom', AlignEndHorizontal],
];
const DISTRIBUTE: readonly Entry[] = [
  ['canvas.distribute.across', AlignHorizontalSpaceBetween],
  ['canvas.distribute.down', AlignVerticalSpaceBetween],
];
const NEST: readonly Entry[] = [['edit.nest', Group]];

/** What can be done with several blocks at once, while several are selected. */
export function SelectionBar() {
  const count = useDocument(({ project, selection }) => (selection.nodes.length < 2 ? 0 : arrangeable(project.graph, selection.nodes).length));
  if (count < 2) return null;
  return (
    <Panel position="top-center" className="selection-bar">
      <Buttons label="Align" entries={ALIGN} />
      <Buttons label="Distribute" entries={DISTRIBUTE} />
      <Buttons label="Nest" entries={NEST} />
    </Panel>
  );
}

function Buttons({ label, entries }: { readonly label: string; readonly entries: readonly Entry[] }) {
  return (
    <ButtonGroup label={label}>
      {entries.map(([id, Icon]) => (
        <CommandButton key={id} id={id} icon={<Icon aria-hidden />} side="bottom" />
      ))}
    </ButtonGroup>
  );
}
