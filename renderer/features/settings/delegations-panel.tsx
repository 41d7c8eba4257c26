import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delegation, Person } from '#shared/contract/people.ts';
import { formatVnDate, vietnamDay } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { DateField } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Select } from '../../components/select.tsx';
import { Tag } from '../../components/tag.tsx';
import { useNow } from '../../i18n/use-now.ts';
import { Panel } from './panel.tsx';
import styles from './settings.module.css';

/** Ủy quyền: who acts for a leader, and in which days. */
export function DelegationsPanel({ people }: { readonly people: readonly Person[] }) {
  const { t } = useTranslation();
  const list = useCall('people.delegations', {});
  const [adding, setAdding] = useState(false);
  const leaders = people.filter(({ active, name, roles }) => active && name !== '' && roles.includes('leader'));
  const others = people.filter(({ active, name, roles }) => active && name !== '' && !roles.includes('leader'));
  const delegations = list.data?.delegations ?? [];
  return (
    <Panel title={t('people.delegations')} text={t('people.delegationsText')}>
      {list.error ? <ErrorNote failure={list.error} onRetry={() => void list.refetch()} /> : null}
      {delegations.length === 0 ? null : (
        <ul className={styles.cards}>
          {delegations.map((each) => (
            <DelegationCard key={each.id} delegation={each} />
          ))}
        </ul>
      )}
      {leaders.length === 0 || others.length === 0 ? (
        <p className={styles.none}>{t('people.delegationsNeed')}</p>
      ) : (
        <div>
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('people.delegate')}
          </Button>
        </div>
      )}
      {adding ? <DelegationDialog leaders={leaders} others={others} onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}

function DelegationCard({ delegation }: { readonly delegation: Delegation }) {
  const { t } = useTranslation();
  const end = useCommand('people.endDelegation');
  const today = vietnamDay(useNow());
  const { id, from, to, fromDay, toDay, endedAt } = delegation;
  const isOver = endedAt !== null || toDay < today;
  return (
    <li className={styles.card}>
      <div className={styles.cardText}>
        <p className={styles.cardTitle}>
          {t('people.delegationOf', { to: to.name, from: from.name })}{' '}
          {isOver ? (
            <Tag>{t('people.delegationOver')}</Tag>
          ) : (
            <Tag tone="good">{t(fromDay > today ? 'people.delegationComing' : 'people.delegationNow')}</Tag>
          )}
        </p>
        <p className={styles.soft}>{t('people.days', { from: formatVnDate(fromDay), to: formatVnDate(toDay) })}</p>
        {end.failure === null ? null : <ErrorNote failure={end.failure} />}
      </div>
      {isOver ? null : (
        <Button
          label={t('people.endDelegationOf', { to: to.name })}
          busy={end.busy}
          onClick={() => void end.run({ delegationId: id })}
        >
          {t('people.endDelegation')}
        </Button>
      )}
    </li>
  );
}

interface DelegationDialogProps {
  readonly leaders: readonly Person[];
  readonly others: readonly Person[];
  readonly onClose: () => void;
}

function DelegationDialog({ leaders, others, onClose }: DelegationDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const today = vietnamDay(useNow());
  const delegate = useCommand('people.delegate');
  const [fromPersonId, setFrom] = useState(leaders[0]?.id ?? '');
  const [toPersonId, setTo] = useState(others[0]?.id ?? '');
  const [fromDay, setFromDay] = useState<string | null>(today);
  const [toDay, setToDay] = useState<string | null>(today);
  const options = (rows: readonly Person[]) =>
    rows.map(({ id, name, title }) => ({
      value: id,
      label: title === '' ? name : t('session.withTitle', { name, title }),
    }));
  const run = async (): Promise<void> => {
    if (fromDay === null || toDay === null) return;
    const outcome = await delegate.run({ fromPersonId, toPersonId, fromDay, toDay });
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('people.delegated') });
    onClose();
  };
  return (
    <Dialog
      title={t('people.delegateTitle')}
      consequence={t('people.delegateText')}
      action={{
        label: t('people.delegateSave'),
        run: () => void run(),
        busy: delegate.busy,
        disabled: fromDay === null || toDay === null,
      }}
      onClose={onClose}
    >
      <Select label={t('people.delegator')} value={fromPersonId} onChange={setFrom} options={options(leaders)} />
      <Select label={t('people.delegateTo')} value={toPersonId} onChange={setTo} options={options(others)} />
      <DateField label={t('people.fromDay')} value={fromDay} onChange={setFromDay} />
      <DateField label={t('people.toDay')} value={toDay} onChange={setToDay} />
      {delegate.failure === null ? null : <ErrorNote failure={delegate.failure} />}
    </Dialog>
  );
}
