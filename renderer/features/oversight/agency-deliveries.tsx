import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigureSource } from '#shared/domain/reminder-letter.ts';
import { Button } from '../../components/button.tsx';
import { TitleBar } from '../../components/screen-frame.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { FigureDocuments } from './figure-documents.tsx';
import type { Period } from './period.ts';
import type { Overseen } from './rank-agencies.ts';
import { StepTimesTable } from './step-times.tsx';
import styles from './oversight.module.css';

interface AgencyDeliveriesProps {
  readonly agency: Overseen;
  readonly period: Period;
  readonly onClose: () => void;
}

const TABS = ['late', 'unopened', 'overdue', 'without-paper', 'paper-only'] as const;
type TabId = (typeof TABS)[number];

/** How long one agency takes, and the documents behind its figures. */
export function AgencyDeliveries({ agency, period, onClose }: AgencyDeliveriesProps) {
  const { t } = useTranslation();
  const [which, setWhich] = useState<TabId>('late');
  const source = sourceOf(agency, which);
  const panel = useRef<HTMLElement>(null);
  // In a narrow window it stands below the ranking, out of sight of whoever chose an agency there.
  useEffect(() => panel.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <section className={styles.deliveries} aria-label={agency.name} ref={panel}>
      <TitleBar>
        <h2 className={styles.agencyName}>{agency.name}</h2>
        <Button variant="quiet" icon="close" label={t('oversight.close')} onClick={onClose} />
      </TitleBar>
      <StepTimesTable title={t('oversight.times.title')} after={agency.after} />
      <Tabs
        label={agency.name}
        tabs={TABS.map((id) => ({ id, label: t(`oversight.tabs.${id}`) }))}
        selected={which}
        onSelect={setWhich}
      >
        <FigureDocuments key={which} source={source} period={period} />
      </Tabs>
    </section>
  );
}

function sourceOf({ code, name }: Overseen, which: TabId): FigureSource {
  return which === 'late' || which === 'unopened' || which === 'overdue'
    ? { kind: 'received', agency: code, name, which }
    : { kind: 'sent', agency: code, name, which };
}
