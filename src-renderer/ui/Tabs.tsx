import type { ReactNode } from 'react';
import { Tabs as Radix } from 'radix-ui';
import './tabs.css';

export interface Tab {
  readonly id: string;
  readonly label: string;
  /** A figure behind the label, e.g. how many problems. */
  readonly count?: number;
  readonly content: ReactNode;
}

interface TabsProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly tabs: readonly Tab[];
  /** Shown at the end of the tab row. */
  readonly aside?: ReactNode;
}

/** A row of tabs over the one panel that is shown. */
export function Tabs({ label, value, onChange, tabs, aside }: TabsProps) {
  return (
    <Radix.Root className="ui-tabs" value={value} onValueChange={onChange}>
      <div className="ui-tabs-bar">
        <Radix.List className="ui-tabs-list" aria-label={label}>
          {tabs.map((tab) => (
            <Radix.Trigger key={tab.id} value={tab.id} className="ui-tab">
              {tab.label}
              {tab.count === undefined ? null : <span className="ui-tab-count">{tab.count}</span>}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {aside === undefined ? null : <div className="ui-tabs-aside">{aside}</div>}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="ui-tabs-content" tabIndex={-1}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
