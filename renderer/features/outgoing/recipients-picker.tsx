import { useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyGroup, DirectoryAgency } from '#shared/contract/directory.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { linesOf } from '../document/form-values.ts';
import { RecipientListDialog } from '../directory/recipient-list-dialog.tsx';
import { AgencyChips } from './agency-chips.tsx';
import { GoneMembers } from './gone-members.tsx';
import { withGroup } from './recipient-chips.ts';
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

  const chosen = useMemo(() => new Set(recipients.map((agency) => agency.code)), [recipients]);
  const missing = (current?.agencies ?? []).filter((agency) => !chosen.has(agency.code));
  const unmatched = current?.unmatched ?? [];
  const [added, setAdded] = useState<AgencyGroup | null>(null);
  const [isListing, setListing] = useState(false);

  return (
    <section className={styles.picker} aria-labelledby={titleId}>
      <div className={styles.head}>
        <h3 id={titleId}>{t('outgoing.recipients.title')}</h3>
        <span className={styles.count} data-testid="recipient-count">
          {recipients.length === 0
            ? t('outgoing.recipients.none')
            : t('outgoing.recipients.count', { count: recipients.length })}
        </span>
        {recipients.length > 1 && (
          <Button variant="quiet" onClick={() => setListing(true)}>
            {t('outgoing.recipients.keepAsList')}
          </Button>
        )}
        {proposed && missing.length > 0 && (
          <Button variant="quiet" onClick={() => onChange([...recipients, ...missing])}>
            {t('outgoing.recipients.refill', { count: missing.length })}
          </Button>
        )}
      </div>
      {recipients.length > 0 && (
        <AgencyChips label={t('outgoing.recipients.list')} agencies={recipients} onChange={onChange} />
      )}
      {added === null ? null : <GoneMembers group={added} />}
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
      <RecipientSearch
        chosen={chosen}
        onAdd={(agency) => onChange([...recipients, agency])}
        onAddGroup={(group) => {
          onChange(withGroup(recipients, group));
          setAdded(group);
        }}
      />
      {isListing ? (
        <RecipientListDialog
          list={null}
          members={recipients.map(({ code, name }) => ({ code, name, gone: false }))}
          onClose={() => setListing(false)}
        />
      ) : null}
    </section>
  );
}
