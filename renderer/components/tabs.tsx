import { useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import { rovingIndex } from './roving.ts';
import styles from './tabs.module.css';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly count?: number;
  /** Shows the icon in place of the label; the label becomes its name. */
  readonly icon?: IconName;
}

interface TabsProps<Id extends string> {
  /** Name of the row of tabs for screen readers. */
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** The content of the selected tab. */
  readonly children: ReactNode;
}

/** Tabs with one tab stop; the arrow keys move and select. The panel fills the rest of a flex column. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect, children }: TabsProps<Id>) {
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  return (
    <div className={styles.tabs}>
      <div
        ref={row}
        role="tablist"
        aria-label={label}
        className={styles.row}
        onKeyDown={(event) => {
          const index = tabs.findIndex((tab) => tab.id === selected);
          const next = rovingIndex(event.key, index, tabs.length, 'row');
          const tab = next === null ? undefined : tabs[next];
          if (next === null || !tab) return;
          event.preventDefault();
          onSelect(tab.id);
          row.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
        }}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            aria-selected={tab.id === selected}
            aria-controls={`${id}-panel`}
            aria-label={tab.icon ? tab.label : undefined}
            title={tab.icon ? tab.label : undefined}
            tabIndex={tab.id === selected ? 0 : -1}
            className={classNames(styles.tab, tab.id === selected && styles.on)}
            onClick={() => onSelect(tab.id)}
          >
            {tab.icon ? <Icon name={tab.icon} /> : <span data-text={tab.label}>{tab.label}</span>}
            {tab.count === undefined ? null : <span className={styles.count}>{tab.count}</span>}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${selected}`}
        className={styles.panel}
        tabIndex={-1}
      >
        {children}
      </div>
    </div>
  );
}
