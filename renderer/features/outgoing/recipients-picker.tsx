import { useEffect, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { Chips } from '../../components/chips.tsx';
import { Icon } from '../../components/icon.tsx';
import { linesOf } from '../document/form-values.ts';
import { RecipientSearch } from './recipient-search.tsx';
import { useSettled } from '../../components/use-settled.ts';
import styles from './recipients.module.css';

interface RecipientsPickerProps {
  readonly addressees: string;
  readonly recipientLines: string;
  readonly recipients: readonly DirectoryAgency[];
  /** False until the agencies that the lines mean have been proposed once; from then on the choice is the clerk's. */
  readonly proposed: boolean;
  readonly onPropose: (recipients: readonly DirectoryAgency[]) => void;
  readonly onChange: (recipients: readonly DirectoryAgency[]) => void;
}

const SETTLED_AFTER_MS = 500;

/** Who gets the letter over the network: proposed from the lines of the letter, added to by name, removed at will. */
export function RecipientsPicker(props: RecipientsPickerProps) {
  const { addressees, recipientLines, recipients, proposed, onPropose, onChange } = props;
  const { t } = useTranslation();
  const titleId = useId();
  const typed = useMemo(() => [...linesOf(addressees), ...linesOf(recipientLines)], [addressees, recipientLines]);
  const lines = useSettled(typed, SETTLED_AFTER_MS);
  const resolved = useCall('directory.resolve', { lines: [...lines] }, { keepPrevious: true });
  const current = resolved.isPlaceholderData ? undefined : resolved.data;

  useEffect(() => {
    if (!proposed && current !== undefined) onPropose(current.agencies);
  }, [proposed, current, onPropose]);

  const chips = useMemo(
    () =>
      recipients.map(({ code, name }) => ({
        id: code,
        label: name,
        removeLabel: t('outgoing.recipients.remove', { name }),
      })),
    [recipients, t],
  );
  const chosen = useMemo(() => new Set(recipients.map((agency) => agency.code)), [recipients]);
  const missing = (current?.agencies ?? []).filter((agency) => !chosen.has(agency.code));
  const unmatched = current?.unmatched ?? [];

  return (
    <section className={styles.picker} aria-labelledby={titleId}>
      <div className={styles.head}>
        <h3 id={titleId}>{t('outgoing.recipients.title')}</h3>
        <span className={styles.count} data-testid="recipient-count">
          {recipients.length === 0
            ? t('outgoing.recipients.none')
            : t('outgoing.recipients.count', { count: recipients.length })}
        </span>
        {proposed && missing.length > 0 && (
          <Button variant="quiet" onClick={() => onChange([...recipients, ...missing])}>
            {t('outgoing.recipients.refill', { count: missing.length })}
          </Button>
        )}
      </div>
      {recipients.length > 0 && (
        <Chips
          label={t('outgoing.recipients.list')}
          chips={chips}
          removeHint={t('outgoing.recipients.removeHint')}
          onRemove={(code) => onChange(recipients.filter((agency) => agency.code !== code))}
        />
      )}
      {unmatched.length > 0 && (
        <div className={styles.unmatched} role="note">
          <Icon name="warning" />
          <div>
            <p>
              <b>{t('outgoing.recipients.unmatchedTitle', { count: unmatched.length })}</b>{' '}
              {t('outgoing.recipients.unmatchedText')}
            </p>
            <ul>
              {unmatched.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <RecipientSearch chosen={chosen} onAdd={(agency) => onChange([...recipients, agency])} />
    </section>
  );
}
