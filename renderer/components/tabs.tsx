import type { ReactNode } from 'react';
import { Tab as AriaTab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
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
  return (
    <AriaTabs
      className={styles.tabs ?? ''}
      selectedKey={selected}
      onSelectionChange={(key) => {
        const tab = tabs.find(({ id }) => id === key);
        // The library repeats the choice that it is given; only another one is news.
        if (tab && tab.id !== selected) onSelect(tab.id);
      }}
    >
      <TabList aria-label={label} className={styles.row ?? ''}>
        {tabs.map((tab) => (
          <AriaTab
            key={tab.id}
            id={tab.id}
            className={styles.tab ?? ''}
            {...(tab.icon ? { 'aria-label': tab.label } : {})}
          >
            {tab.icon ? (
              <span title={tab.label} className={styles.icon}>
                <Icon name={tab.icon} />
              </span>
            ) : (
              <span data-text={tab.label}>{tab.label}</span>
            )}
            {tab.count === undefined ? null : <span className={styles.count}>{tab.count}</span>}
          </AriaTab>
        ))}
      </TabList>
      <TabPanel id={selected} className={styles.panel ?? ''}>
        {children}
      </TabPanel>
    </AriaTabs>
  );
}
