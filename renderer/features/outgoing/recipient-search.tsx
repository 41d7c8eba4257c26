import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import { useCall } from '../../api/use-call.ts';
import { ComboBox } from '../../components/combo-box.tsx';
import { Field } from '../../components/field.tsx';
import styles from './recipients.module.css';

interface RecipientSearchProps {
  /** What the field asks for; "Thêm cơ quan" when none is given. */
  readonly label?: string;
  readonly autoFocus?: boolean;
  /** Codes that are chosen already: shown, but not offered again. */
  readonly chosen: ReadonlySet<string>;
  readonly onAdd: (agency: DirectoryAgency) => void;
}

/** Name of the text field in the form. */
export const recipientSearchName = 'recipientSearch';

const SHOWN = 8;
const MOST_ASKED = 500;

/** Type-ahead over the directory. */
export function RecipientSearch({ label, autoFocus = false, chosen, onAdd }: RecipientSearchProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const wanted = useDeferredValue(text.trim());
  const found = useCall(
    'directory.search',
    { text: wanted, limit: Math.min(MOST_ASKED, SHOWN + chosen.size) },
    { enabled: open && wanted !== '', keepPrevious: true },
  );
  // Those that can still be added come first.
  const shown = (wanted === '' ? [] : (found.data?.agencies ?? []))
    .toSorted((one, other) => Number(chosen.has(one.code)) - Number(chosen.has(other.code)))
    .slice(0, SHOWN);
  const more = (found.data?.total ?? 0) - shown.length;

  const add = (agency: DirectoryAgency): void => {
    onAdd(agency);
    setText('');
    input.current?.focus();
  };

  return (
    <Field label={label ?? t('outgoing.recipients.search')} wide>
      {(wiring) => (
        <div className={styles.search}>
          <ComboBox
            text={text}
            onText={setText}
            open={open && wanted !== '' && found.data !== undefined}
            onOpen={setOpen}
            groups={[{ id: 'agencies', items: shown }]}
            itemId={(agency) => agency.code}
            itemText={(agency) => agency.name}
            renderItem={(agency) => <Choice agency={agency} taken={chosen.has(agency.code)} />}
            isTaken={(agency) => chosen.has(agency.code)}
            onChoose={add}
            listLabel={t('outgoing.recipients.results')}
            marksFirst
            foot={
              shown.length === 0 ? (
                <p role="status">{t('outgoing.recipients.nothing', { text: wanted })}</p>
              ) : more > 0 ? (
                <p>{t('outgoing.recipients.more', { count: more })}</p>
              ) : null
            }
            className={styles.results}
            optionClassName={styles.choice}
            inputRef={input}
            autoFocus={autoFocus}
            input={{ ...wiring, name: recipientSearchName, placeholder: t('outgoing.recipients.searchPlaceholder') }}
          />
        </div>
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
