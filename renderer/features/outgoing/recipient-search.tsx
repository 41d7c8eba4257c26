import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyGroup, DirectoryAgency } from '#shared/contract/directory.ts';
import { useCall } from '../../api/use-call.ts';
import { ComboBox } from '../../components/combo-box.tsx';
import { Field } from '../../components/field.tsx';

interface RecipientSearchProps {
  /** What the field asks for; "Thêm cơ quan" when none is given. */
  readonly label?: string;
  readonly autoFocus?: boolean;
  /** Codes that are chosen already: shown, but not offered again. */
  readonly chosen: ReadonlySet<string>;
  readonly onAdd: (agency: DirectoryAgency) => void;
  /** Where several can be chosen: groups of the directory and lists of the office are offered before single agencies. */
  readonly onAddGroup?: (group: AgencyGroup) => void;
}

/** Name of the text field in the form. */
export const recipientSearchName = 'recipientSearch';

const SHOWN = 8;
const SHOWN_GROUPS = 4;
const MOST_ASKED = 500;

type Item = { readonly group: AgencyGroup } | { readonly agency: DirectoryAgency };

/** Type-ahead over the directory. */
export function RecipientSearch({ label, autoFocus = false, chosen, onAdd, onAddGroup }: RecipientSearchProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const wanted = useDeferredValue(text.trim());
  const isAsked = open && wanted !== '';
  const found = useCall(
    'directory.search',
    { text: wanted, limit: Math.min(MOST_ASKED, SHOWN + chosen.size) },
    { enabled: isAsked, keepPrevious: true },
  );
  const foundGroups = useCall(
    'directory.groups',
    { text: wanted, limit: SHOWN_GROUPS },
    { enabled: isAsked && onAddGroup !== undefined, keepPrevious: true },
  );
  // Those that can still be added come first.
  const shown = (wanted === '' ? [] : (found.data?.agencies ?? []))
    .toSorted((one, other) => Number(chosen.has(one.code)) - Number(chosen.has(other.code)))
    .slice(0, SHOWN);
  const more = (found.data?.total ?? 0) - shown.length;
  const groups = wanted === '' || onAddGroup === undefined ? [] : (foundGroups.data?.groups ?? []);
  const isTaken = (item: Item): boolean =>
    'group' in item ? item.group.agencies.every(({ code }) => chosen.has(code)) : chosen.has(item.agency.code);
  const section = (id: string, title: string, items: readonly Item[]) =>
    items.length === 0 ? [] : [{ id, ...(groups.length === 0 ? {} : { title }), items }];

  const add = (item: Item): void => {
    if ('group' in item) onAddGroup?.(item.group);
    else onAdd(item.agency);
    setText('');
    input.current?.focus();
  };

  return (
    <Field label={label ?? t('outgoing.recipients.search')} wide>
      {(wiring) => (
        <ComboBox
          text={text}
          onText={setText}
          open={open && wanted !== '' && found.data !== undefined}
          onOpen={setOpen}
          groups={[
            ...section(
              'groups',
              t('outgoing.recipients.groups'),
              groups.map((group) => ({ group })),
            ),
            ...section(
              'agencies',
              t('outgoing.recipients.agencies'),
              shown.map((agency) => ({ agency })),
            ),
          ]}
          itemId={(item) => ('group' in item ? `group ${item.group.name}` : item.agency.code)}
          itemText={(item) => ('group' in item ? item.group.name : item.agency.name)}
          renderItem={(item) =>
            'group' in item ? (
              <GroupChoice group={item.group} taken={isTaken(item)} />
            ) : (
              <Choice agency={item.agency} taken={isTaken(item)} />
            )
          }
          isTaken={isTaken}
          onChoose={add}
          listLabel={t('outgoing.recipients.results')}
          marksFirst
          foot={
            shown.length === 0 && groups.length === 0 ? (
              <p role="status">{t('outgoing.recipients.nothing', { text: wanted })}</p>
            ) : more > 0 ? (
              <p>{t('outgoing.recipients.more', { count: more })}</p>
            ) : null
          }
          place="over"
          inputRef={input}
          autoFocus={autoFocus}
          input={{
            ...wiring,
            name: recipientSearchName,
            placeholder: t(
              `outgoing.recipients.${onAddGroup === undefined ? 'searchPlaceholder' : 'searchBothPlaceholder'}`,
            ),
          }}
        />
      )}
    </Field>
  );
}

function Choice({ agency, taken }: { readonly agency: DirectoryAgency; readonly taken: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <span>{agency.name}</span>
      {taken ? (
        <small>{t('outgoing.recipients.already')}</small>
      ) : (
        agency.parentName !== null && <small>{agency.parentName}</small>
      )}
    </>
  );
}

function GroupChoice({ group, taken }: { readonly group: AgencyGroup; readonly taken: boolean }) {
  const { t } = useTranslation();
  const { name, own, agencies, gone } = group;
  return (
    <>
      <span>
        {name} · {agencies.length}
      </span>
      <small>
        {[
          own ? t('outgoing.recipients.ownList') : '',
          taken && agencies.length > 0 ? t('outgoing.recipients.already') : '',
          gone.length > 0 ? t('outgoing.recipients.goneCount', { count: gone.length }) : '',
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </small>
    </>
  );
}
