import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import { useCall } from '../../api/use-call.ts';
import { Chips } from '../../components/chips.tsx';
import { groupRecipients, without } from './recipient-chips.ts';
import styles from './recipients.module.css';

interface AgencyChipsProps {
  /** Name of the row. */
  readonly label: string;
  readonly agencies: readonly DirectoryAgency[];
  readonly onChange: (agencies: readonly DirectoryAgency[]) => void;
}

const GROUP = 'group ';

/** Agencies that were chosen: a group is one chip, which opens to show who is in it and to take one out. */
export function AgencyChips({ label, agencies, onChange }: AgencyChipsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const codes = useMemo(() => agencies.map(({ code }) => code), [agencies]);
  const asked = useCall('directory.grouped', { codes }, { keepPrevious: true });
  const { groups, alone } = useMemo(() => {
    if (asked.data !== undefined) return groupRecipients(agencies, asked.data);
    // Without an answer nobody may be missing.
    return { groups: [], alone: asked.error === null ? [] : agencies };
  }, [agencies, asked.data, asked.error]);
  const opened = groups.find(({ name }) => name === open);

  const chips = useMemo(
    () => [
      ...groups.map(({ name, of, agencies: members }) => ({
        id: `${GROUP}${name}`,
        label: name,
        removeLabel: t('outgoing.recipients.removeGroup', { name, count: members.length }),
        group: {
          count: members.length === of ? String(of) : t('outgoing.recipients.someOf', { some: members.length, of }),
          isOpen: name === open,
        },
      })),
      ...alone.map((agency) => chipOf(agency, t('outgoing.recipients.remove', { name: agency.name }))),
    ],
    [groups, alone, open, t],
  );
  const members = useMemo(
    () => (opened?.agencies ?? []).map((one) => chipOf(one, t('outgoing.recipients.remove', { name: one.name }))),
    [opened, t],
  );
  const remove = (id: string): void =>
    onChange(
      without(
        agencies,
        groups.find(({ name }) => `${GROUP}${name}` === id)?.agencies ?? agencies.filter(({ code }) => code === id),
      ),
    );

  return (
    <>
      <Chips
        label={label}
        chips={chips}
        removeHint={t('outgoing.recipients.removeHint')}
        onRemove={remove}
        onToggle={(id) => setOpen((before) => (`${GROUP}${before}` === id ? null : id.slice(GROUP.length)))}
      />
      {opened === undefined ? null : (
        <div className={styles.members}>
          <Chips
            label={t('outgoing.recipients.members', { name: opened.name })}
            chips={members}
            removeHint={t('outgoing.recipients.removeHint')}
            onRemove={remove}
          />
        </div>
      )}
    </>
  );
}

const chipOf = ({ code, name }: DirectoryAgency, removeLabel: string) => ({ id: code, label: name, removeLabel });
