import { formatInstantDay } from '#shared/domain/vn-date.ts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '#shared/contract/office.ts';
import { directions } from '#shared/domain/direction.ts';
import { useCall } from '../../api/use-call.ts';
import { ComboBox } from '../../components/combo-box.tsx';
import { Icon } from '../../components/icon.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { ariaShortcut } from '../../components/shortcuts.ts';
import { useSettled } from '../../components/use-settled.ts';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import styles from './search-box.module.css';

interface SearchBoxProps {
  readonly onChoose: (hit: SearchHit) => void;
  /** A change of it puts the cursor in the box: the shell asked for a search. */
  readonly focusKey: number;
}

const SETTLES_MS = 160;
const HITS = 20;

/** Finds any document by number, abstract or agency: a combobox over everything. */
export function SearchBox({ onChoose, focusKey }: SearchBoxProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const settled = useSettled(text.trim(), SETTLES_MS);
  const asked = settled !== '' && text.trim() !== '';
  const search = useCall('office.search', { text: settled, limit: HITS }, { enabled: asked, keepPrevious: true });
  const hits = asked ? (search.data?.hits ?? []) : [];
  // Incoming before outgoing, as in the navigation; the order of each stays the register's.
  const groups = directions.flatMap((direction) => {
    const items = hits.filter((hit) => hit.direction === direction);
    return items.length === 0 ? [] : [{ id: direction, title: t(`search.${direction}`), items }];
  });

  const focus = () => {
    input.current?.focus();
    input.current?.select();
  };
  useShortcut('Ctrl+K', focus);
  useEffect(() => {
    if (focusKey > 0) focus();
  }, [focusKey]);

  const choose = (hit: SearchHit) => {
    setOpen(false);
    setText('');
    input.current?.blur();
    onChoose(hit);
  };

  const status = search.error
    ? describeError(t, search.error).what
    : search.data && !search.isPlaceholderData && hits.length === 0
      ? t('search.nothing', { text: settled })
      : null;

  return (
    <search className={styles.search}>
      <Icon name="search" />
      <ComboBox
        text={text}
        onText={setText}
        open={open && asked}
        onOpen={setOpen}
        groups={groups}
        itemId={(hit) => `${hit.direction} ${hit.id}`}
        itemText={(hit) => `${hit.codeText} ${hit.agencyName} ${hit.abstract}`}
        renderItem={(hit) => <Hit hit={hit} />}
        onChoose={choose}
        listLabel={t('search.results')}
        foot={
          status === null ? null : (
            <p role="status" className={styles.status}>
              {status}
            </p>
          )
        }
        className={styles.popup}
        optionClassName={styles.hit}
        inputRef={input}
        input={{
          className: styles.input,
          maxLength: 200,
          placeholder: t('search.placeholder'),
          'aria-label': t('search.label'),
          'aria-keyshortcuts': ariaShortcut('Ctrl+K'),
          onKeyDown: (event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            input.current?.blur();
          },
        }}
      />
      <Kbd keys="Ctrl+K" />
    </search>
  );
}

function Hit({ hit }: { readonly hit: SearchHit }) {
  return (
    <>
      <span className={styles.line}>
        <b>{hit.codeText}</b>
        <span className={styles.agency}>{hit.agencyName}</span>
        <time dateTime={hit.at}>{formatInstantDay(hit.at)}</time>
      </span>
      <span className={styles.abstract}>{hit.abstract}</span>
    </>
  );
}
