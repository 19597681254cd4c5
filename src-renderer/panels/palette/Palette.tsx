import { Search } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import type { KindSpec } from '../../../src-engine/document/kind-spec.ts';
import { runCommand } from '../../state/commands.ts';
import { kindLook } from '../../state/document/document-kinds.ts';
import { Chip } from '../../ui/Chip.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { DragGhost } from './DragGhost.tsx';
import { matchKinds } from './match-kinds.ts';
import { useKindDrag } from './use-kind-drag.ts';
import './palette.css';

/** The blocks one can add: drag one out, double-click it, or choose with the arrow keys and press Enter. Fills its parent. */
export function Palette() {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState<string | null>(null);
  const list = useId();
  const groups = matchKinds(query);
  const kinds = groups.flatMap((group) => group.kinds.map((spec) => spec.kind));
  const current = active !== null && kinds.includes(active) ? active : query === '' ? null : (kinds[0] ?? null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextKind(event.key, kinds, current);
    if (next !== undefined) {
      event.preventDefault();
      setActive(next);
      document.getElementById(optionId(list, next))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && current !== null) {
      event.preventDefault();
      runCommand(`add.${current}`);
    } else if (event.key === 'Escape' && (query !== '' || active !== null)) {
      event.stopPropagation();
      setQuery('');
      setActive(null);
    }
  };
  return (
    <nav className="palette" aria-label="Blocks">
      <TextInput
        className="palette-search"
        icon={<Search aria-hidden />}
        role="combobox"
        aria-label="Find a block"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={current === null ? undefined : optionId(list, current)}
        aria-autocomplete="list"
        placeholder="Find a block"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={setQuery}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label="Blocks to add" className="palette-list">
        {groups.map((group) => (
          <div key={group.title} role="group" aria-label={group.title}>
            <div className="palette-heading" aria-hidden>
              {group.title}
            </div>
            {group.kinds.map((spec) => (
              <PaletteOption key={spec.kind} id={optionId(list, spec.kind)} spec={spec} active={spec.kind === current} onChoose={setActive} />
            ))}
          </div>
        ))}
      </div>
      {groups.length === 0 ? <p className="palette-none">No block is called that.</p> : null}
      <DragGhost />
    </nav>
  );
}

function optionId(list: string, kind: string): string {
  return `${list}-${kind}`;
}

/** The kind an arrow key, Home or End leads to; undefined for other keys. */
function nextKind(key: string, kinds: readonly string[], current: string | null): string | undefined {
  const place = current === null ? -1 : kinds.indexOf(current);
  switch (key) {
    case 'ArrowDown':
      return kinds[Math.min(place + 1, kinds.length - 1)];
    case 'ArrowUp':
      return kinds[Math.max(place - 1, 0)];
    case 'Home':
      return kinds[0];
    case 'End':
      return kinds.at(-1);
    default:
      return undefined;
  }
}

interface PaletteOptionProps {
  readonly id: string;
  readonly spec: KindSpec;
  readonly active: boolean;
  readonly onChoose: (kind: string) => void;
}

function PaletteOption({ id, spec, active, onChoose }: PaletteOptionProps) {
  const startDrag = useKindDrag();
  const look = kindLook(spec.kind);
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      className="palette-option"
      title={spec.about}
      onPointerDown={(event) => {
        onChoose(spec.kind);
        startDrag(event, spec.kind);
      }}
      onDoubleClick={() => runCommand(`add.${spec.kind}`)}
    >
      <Chip letter={look.letter} colour={look.colour} />
      <span className="palette-words">
        <span className="palette-title">{spec.title}</span>
        <span className="palette-purpose">{spec.purpose}</span>
      </span>
    </div>
  );
}
