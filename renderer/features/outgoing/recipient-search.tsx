import { useDeferredValue, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import { useCall } from '../../api/use-call.ts';
import { Field } from '../../components/field.tsx';
import { isComposing } from '../../components/shortcuts.ts';
import styles from './recipients.module.css';

interface RecipientSearchProps {
  /** Codes that are chosen already: shown, but not offered again. */
  readonly chosen: ReadonlySet<string>;
  readonly onAdd: (agency: DirectoryAgency) => void;
}

const SHOWN = 8;
const MOST_ASKED = 500;

/**
 * Type-ahead over the directory. Only arrow keys, Enter and Escape are handled, and none of them while an input method
 * is composing; what is typed stays exactly as typed.
 */
export function RecipientSearch({ chosen, onAdd }: RecipientSearchProps) {
  const { t } = useTranslation();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
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
  const visible = open && wanted !== '' && found.data !== undefined;
  const activeIndex = Math.min(active, shown.length - 1);

  const add = (agency: DirectoryAgency | undefined): void => {
    if (agency === undefined || chosen.has(agency.code)) return;
    onAdd(agency);
    setText('');
    setActive(0);
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (shown.length > 0) setActive((activeIndex + step + shown.length) % shown.length);
    } else if (event.key === 'Enter' && visible) {
      event.preventDefault();
      add(shown[activeIndex]);
    } else if (event.key === 'Escape' && visible) {
      // The first Escape closes the list only, not the form around it.
      event.preventDefault();
      setOpen(false);
    }
  };

  return (
    <Field label={t('outgoing.recipients.search')} wide>
      {(wiring) => (
        <div className={styles.search}>
          <input
            {...wiring}
            ref={input}
            type="text"
            role="combobox"
            autoComplete="off"
            spellCheck={false}
            aria-expanded={visible}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={visible && shown.length > 0 ? `${listId}-${activeIndex}` : undefined}
            placeholder={t('outgoing.recipients.searchPlaceholder')}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setActive(0);
              setOpen(true);
            }}
            onFocus={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
          <div className={styles.results} hidden={!visible}>
            <ul id={listId} role="listbox" aria-label={t('outgoing.recipients.results')}>
              {shown.map((agency, index) => {
                const taken = chosen.has(agency.code);
                return (
                  <li
                    key={agency.code}
                    id={`${listId}-${index}`}
                    role="option"
                    aria-selected={index === activeIndex}
                    aria-disabled={taken}
                    data-active={index === activeIndex || undefined}
                    // Before the blur of the input, so that choosing with the mouse keeps the focus there.
                    onPointerDown={(event) => {
                      event.preventDefault();
                      add(agency);
                    }}
                    onPointerMove={() => setActive(index)}
                  >
                    <span>{agency.name}</span>
                    {taken ? (
                      <small>{t('outgoing.recipients.already')}</small>
                    ) : (
                      agency.parentName !== null && <small>{agency.parentName}</small>
                    )}
                  </li>
                );
              })}
            </ul>
            {visible && shown.length === 0 && <p role="status">{t('outgoing.recipients.nothing', { text: wanted })}</p>}
            {more > 0 && <p>{t('outgoing.recipients.more', { count: more })}</p>}
          </div>
        </div>
      )}
    </Field>
  );
}
