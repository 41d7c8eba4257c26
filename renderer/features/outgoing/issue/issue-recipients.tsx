import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Look } from '#shared/contract/last-look.ts';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { Tag } from '../../../components/tag.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import styles from './issue.module.css';

interface IssueRecipientsProps {
  readonly detail: OutgoingDetail;
  readonly groups: Look['groups'];
}

/** More than these are worth a search field of their own. */
const SEARCHED_FROM = 12;

/** Few enough to be seen without asking for them; with them everybody who stands under no name. */
const SHOWN_AT_ONCE = 8;

/** Everybody who gets the letter, by groups that open; small ones are open. */
export function IssueRecipients({ detail, groups }: IssueRecipientsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        groups.filter(({ name, agencies }) => name === '' || agencies.length <= SHOWN_AT_ONCE).map(({ name }) => name),
      ),
  );
  const papers = new Set(
    detail.deliveries.filter(({ paperNeeded }) => paperNeeded).map(({ agencyCode }) => agencyCode),
  );
  const toggle = (name: string): void =>
    setOpen((old) => new Set(old.has(name) ? [...old].filter((one) => one !== name) : [...old, name]));
  const isAllOpen = groups.every(({ name }) => open.has(name));
  return (
    <section className={styles.recipients} aria-label={t('outgoing.issue.recipients')}>
      <h2 className={styles.part}>
        {t('outgoing.issue.recipients')}{' '}
        <span>
          {detail.deliveries.length === 0
            ? t('outgoing.issue.notOverExchange')
            : t('outgoing.issue.overExchange', { count: detail.deliveries.length })}
          {papers.size === 0 ? '' : `, ${t('outgoing.issue.onPaper', { count: papers.size })}`}
        </span>
        {groups.length > 0 && (
          <Button
            variant="quiet"
            onClick={() => setOpen(isAllOpen ? new Set() : new Set(groups.map(({ name }) => name)))}
          >
            {t(isAllOpen ? 'outgoing.issue.fold' : 'outgoing.issue.seeAll')}
          </Button>
        )}
      </h2>
      <div className={styles.groups}>
        {groups.map(({ name, of, agencies }) => (
          <button
            key={name}
            type="button"
            className={styles.group}
            aria-expanded={open.has(name)}
            onClick={() => toggle(name)}
          >
            {name === '' ? t('outgoing.issue.single') : name}{' '}
            <b>{agencies.length === of ? of : t('outgoing.issue.someOf', { some: agencies.length, of })}</b>
            <Icon name="chevron-down" size={12} />
          </button>
        ))}
      </div>
      {(['inside', 'paper'] as const).map((kind) => {
        const names = detail.otherRecipients.filter((one) => one.kind === kind).map(({ name }) => name);
        return names.length === 0 ? null : (
          <p key={kind}>
            {t(kind === 'inside' ? 'outgoing.others.insideOf' : 'outgoing.others.onPaperOf', { count: names.length })}:{' '}
            {names.join('; ')}
          </p>
        );
      })}
      {groups
        .filter(({ name }) => open.has(name))
        .map((group) => (
          <Members key={group.name} group={group} papers={papers} />
        ))}
    </section>
  );
}

function Members({ group, papers }: { readonly group: Look['groups'][number]; readonly papers: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wanted = foldVietnamese(text.trim());
  const shown = group.agencies.filter(({ name }) => foldVietnamese(name).includes(wanted));
  const title = group.name === '' ? t('outgoing.issue.single') : group.name;
  return (
    <div className={styles.members}>
      {group.agencies.length >= SEARCHED_FROM && (
        <TextField
          label={t('outgoing.issue.searchIn', { group: title, count: group.agencies.length })}
          type="search"
          value={text}
          onChange={setText}
          maxLength={100}
        />
      )}
      <ul aria-label={title}>
        {shown.map(({ code, name }) => (
          <li key={code} title={name}>
            {name} {papers.has(code) ? <Tag tone="warn">{t('paper.needed')}</Tag> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
