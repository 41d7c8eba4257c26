import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import { Icon } from '../../components/icon.tsx';
import { rovingIndex } from '../../components/roving.ts';
import styles from './recipients.module.css';

interface RecipientChipsProps {
  readonly recipients: readonly DirectoryAgency[];
  readonly onRemove: (code: string) => void;
}

/** The chosen agencies. One tab stop: arrow keys walk through them, Delete or the cross takes one out. */
export function RecipientChips({ recipients, onRemove }: RecipientChipsProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const stop = Math.min(current, Math.max(0, recipients.length - 1));

  const focus = (index: number): void => {
    setCurrent(index);
    list.current?.querySelectorAll('button')[index]?.focus();
  };
  const remove = (index: number): void => {
    const agency = recipients[index];
    if (agency === undefined) return;
    onRemove(agency.code);
    // The next one slides into the place of the removed one; at the end it is the one before.
    setCurrent(Math.max(0, Math.min(index, recipients.length - 2)));
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Delete') {
      event.preventDefault();
      remove(stop);
      return;
    }
    const next =
      rovingIndex(event.key, stop, recipients.length, 'row') ??
      rovingIndex(event.key, stop, recipients.length, 'column');
    if (next === null) return;
    event.preventDefault();
    focus(next);
  };

  return (
    <ul ref={list} className={styles.chips} aria-label={t('outgoing.recipients.list')} onKeyDown={onKeyDown}>
      {recipients.map((agency, index) => (
        <li key={agency.code} className={styles.chip}>
          <span>{agency.name}</span>
          <button
            type="button"
            tabIndex={index === stop ? 0 : -1}
            aria-label={t('outgoing.recipients.remove', { name: agency.name })}
            title={t('outgoing.recipients.removeHint')}
            onFocus={() => setCurrent(index)}
            onClick={() => remove(index)}
          >
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
    </ul>
  );
}
