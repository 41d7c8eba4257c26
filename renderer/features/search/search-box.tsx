import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '#shared/contract/office.ts';
import { directions } from '#shared/domain/direction.ts';
import { useCall } from '../../api/use-call.ts';
import { Icon } from '../../components/icon.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { rovingIndex } from '../../components/roving.ts';
import { ariaShortcut, isComposing } from '../../components/shortcuts.ts';
import { useSettled } from '../../components/use-settled.ts';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import { formatInstantDay } from '../../i18n/format.ts';
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
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const settled = useSettled(text.trim(), SETTLES_MS);
  const asked = settled !== '' && text.trim() !== '';
  const search = useCall('office.search', { text: settled, limit: HITS }, { enabled: asked, keepPrevious: true });
  // Incoming before outgoing, as in the navigation; the order of each stays the register's.
  const hits = asked ? directions.flatMap((direction) => only(search.data?.hits, direction)) : [];
  const shown = open && asked;

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
    setActive(-1);
    setText('');
    input.current?.blur();
    onChoose(hit);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (shown) setOpen(false);
      else input.current?.blur();
      return;
    }
    if (event.key === 'Enter') {
      const hit = hits[Math.max(0, active)];
      if (shown && hit) choose(hit);
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    setActive(rovingIndex(event.key, active, hits.length, 'column') ?? -1);
  };

  const status = search.error
    ? describeError(t, search.error).what
    : search.data && !search.isPlaceholderData && hits.length === 0
      ? t('search.nothing', { text: settled })
      : null;

  return (
    <search className={styles.search}>
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        role="combobox"
        className={styles.input}
        value={text}
        maxLength={200}
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        aria-expanded={shown}
        aria-controls={`${id}-hits`}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        aria-keyshortcuts={ariaShortcut('Ctrl+K')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setActive(-1);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <Kbd keys="Ctrl+K" />
      {shown && (hits.length > 0 || status !== null) ? (
        <div className={styles.popup}>
          <ul id={`${id}-hits`} role="listbox" aria-label={t('search.results')}>
            {hits.map((hit, index) => (
              <Hit
                key={`${hit.direction}-${hit.id}`}
                id={`${id}-${index}`}
                hit={hit}
                first={hits[index - 1]?.direction !== hit.direction}
                active={index === active}
                onChoose={() => choose(hit)}
              />
            ))}
          </ul>
          {status === null ? null : (
            <p role="status" className={styles.status}>
              {status}
            </p>
          )}
        </div>
      ) : null}
    </search>
  );
}

function only(hits: readonly SearchHit[] | undefined, direction: SearchHit['direction']): readonly SearchHit[] {
  return hits?.filter((hit) => hit.direction === direction) ?? [];
}

interface HitProps {
  readonly id: string;
  readonly hit: SearchHit;
  /** Carries the heading of its group. */
  readonly first: boolean;
  readonly active: boolean;
  readonly onChoose: () => void;
}

function Hit({ id, hit, first, active, onChoose }: HitProps) {
  const { t } = useTranslation();
  return (
    <>
      {first ? (
        <li role="presentation" className={styles.group}>
          {t(`search.${hit.direction}`)}
        </li>
      ) : null}
      <li
        id={id}
        role="option"
        aria-selected={active}
        className={styles.hit}
        // Keeps the focus in the field until the click has arrived.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onChoose}
        ref={(element) => {
          if (active) element?.scrollIntoView({ block: 'nearest' });
        }}
      >
        <span className={styles.line}>
          <b>{hit.codeText}</b>
          <span className={styles.agency}>{hit.agencyName}</span>
          <time dateTime={hit.at}>{formatInstantDay(hit.at)}</time>
        </span>
        <span className={styles.abstract}>{hit.abstract}</span>
      </li>
    </>
  );
}
