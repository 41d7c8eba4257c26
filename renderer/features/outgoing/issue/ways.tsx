import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { Kbd } from '../../../components/kbd.tsx';
import { shortcutTable, type Shortcut } from '../../../components/shortcut-table.ts';
import { TextField } from '../../../components/text-field.tsx';
import { useShortcut } from '../../../components/use-shortcut.tsx';
import styles from './issue.module.css';

export interface Way {
  readonly id: string;
  readonly label: string;
  /** Short words after it. */
  readonly more?: string;
  readonly act: () => void;
}

interface WaysProps {
  readonly label: string;
  readonly ways: readonly Way[];
  /** The one chosen, whose question is open below. */
  readonly chosen: string | null;
  /** The keys 1, 2, 3 are for these. */
  readonly isActive: boolean;
  readonly busy: boolean;
}

const keys: readonly Shortcut[] = shortcutTable.find(({ id }) => id === 'ways')?.keys ?? [];

/** A digit is a digit where somebody types. */
const isTyping = (): boolean => document.activeElement?.matches('input, textarea, select, [contenteditable]') === true;

/** Ways out of a difference, each with its key. */
export function Ways({ label, ways, chosen, isActive, busy }: WaysProps) {
  return (
    <div className={styles.ways} role="group" aria-label={label}>
      {ways.slice(0, keys.length).map((way, index) => (
        // A way may be named by a whole agency: each has its own place, and they wrap.
        <span key={way.id}>
          <WayButton
            way={way}
            shortcut={keys[index] ?? '1'}
            isActive={isActive}
            pressed={chosen === way.id}
            busy={busy}
          />
        </span>
      ))}
    </div>
  );
}

interface WayButtonProps {
  readonly way: Way;
  readonly shortcut: Shortcut;
  readonly isActive: boolean;
  readonly pressed: boolean;
  readonly busy: boolean;
}

function WayButton({ way, shortcut, isActive, pressed, busy }: WayButtonProps) {
  useShortcut(shortcut, way.act, isActive && !busy ? () => !isTyping() : false);
  return (
    <button type="button" className={styles.way} aria-pressed={pressed} disabled={busy} onClick={way.act}>
      <span>
        {way.label} {way.more === undefined ? null : <small>{way.more}</small>}
      </span>
      {isActive ? <Kbd keys={shortcut} /> : null}
    </button>
  );
}

interface ReasonProps {
  readonly busy: boolean;
  readonly onDecide: (reason: string) => void;
  readonly children?: ReactNode;
}

/** Asks for the reason, which the history keeps. Enter notes it: nothing leaves by it. */
export function Reason({ busy, onDecide, children }: ReasonProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <form
      className={styles.reason}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '' && !busy) onDecide(reason.trim());
      }}
    >
      <TextField
        label={t('outgoing.issue.reason')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        autoFocus
        readOnly={busy}
      />
      <Button type="submit" busy={busy} disabled={reason.trim() === ''}>
        {t('outgoing.issue.note')}
      </Button>
      {children}
    </form>
  );
}
