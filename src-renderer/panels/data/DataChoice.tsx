import { DropdownMenu } from 'radix-ui';
import { Check, ChevronDown, FolderInput } from 'lucide-react';
import { BUILT_IN_DATA, findBuiltInData, type BuiltInData } from '../../../src-engine/document/data/built-in-data.ts';
import { DEFAULT_SPLIT } from '../../../src-engine/document/defaults.ts';
import { pathOfSource } from '../../../src-engine/document/data/import-options.ts';
import { setData } from '../../../src-engine/document/project-edits.ts';
import type { DataSpec } from '../../../src-engine/document/project.ts';
import { runCommand } from '../../state/commands.ts';
import { documentActions, useDocument } from '../../state/document-store.ts';
import { fitsGraph } from './fits-graph.ts';

function choose({ source, title }: BuiltInData): void {
  documentActions.editProject(`Data: ${title}`, (project) =>
    project.data?.source === source ? project : setData(project, { source, options: {}, split: project.data?.split ?? DEFAULT_SPLIT }),
  );
}

/** A title for any source: of a built-in data set its own, of a file its name. */
function titleOf(source: string): string {
  const path = pathOfSource(source);
  return findBuiltInData(source)?.title ?? path?.split('/').at(-1) ?? source;
}

/** The data set of the project, to be changed for another one. */
export function DataChoice({ data }: { readonly data: DataSpec | null }): React.JSX.Element {
  const checked = useDocument((state) => state.checked);
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="ui-input ui-select data-choice" aria-label={`Data set: ${data === null ? 'none' : titleOf(data.source)}`}>
        <span className="ui-select-value">{data === null ? 'Choose a data set' : titleOf(data.source)}</span>
        <ChevronDown aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="ui-popup data-menu" align="start" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item className="ui-popup-item data-item" onSelect={() => runCommand('data.import')}>
            <span>
              <span className="data-item-title">Your own file…</span>
              <span className="data-item-about">A table, a text or labelled lines</span>
            </span>
            <FolderInput aria-hidden />
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="data-separator" />
          <DropdownMenu.RadioGroup value={data?.source ?? ''}>
            {BUILT_IN_DATA.map((each) => (
              <DropdownMenu.RadioItem
                key={each.source}
                className="ui-popup-item data-item"
                value={each.source}
                onSelect={() => {
                  choose(each);
                }}
              >
                <span>
                  <span className="data-item-title">
                    {each.title}
                    {each.origin === null ? <span className="data-tag">generated</span> : null}
                    {fitsGraph(each, checked) ? <span className="data-tag data-tag-fits">fits this model</span> : null}
                  </span>
                  <span className="data-item-about">{each.about}</span>
                </span>
                <DropdownMenu.ItemIndicator asChild>
                  <Check aria-hidden />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
