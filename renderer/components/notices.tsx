import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { liftClear } from './clear-place.ts';
import { Icon } from './icon.tsx';
import { useShortcut } from './use-shortcut.tsx';
import styles from './notices.module.css';

export interface Notice {
  readonly text: string;
  readonly tone?: 'plain' | 'good' | 'warn';
  /** "Hoàn tác" in most cases: `undo` also answers to Ctrl+Z while the notice stands. */
  readonly action?: { readonly label: string; readonly run: () => void; readonly undo?: boolean };
}

type Notify = (notice: Notice) => void;
const NotifyContext = createContext<Notify | null>(null);

const SHOWN_MS = 8000;
const SHOWN_WITH_ACTION_MS = 15_000;

/** Says at the bottom what has just happened, one notice at a time, without taking the focus and never over a button. */
export function NoticeProvider({ children }: { readonly children: ReactNode }) {
  const [notice, setNotice] = useState<(Notice & { readonly key: number }) | null>(null);
  const count = useRef(0);
  const notify = useCallback<Notify>((next) => {
    count.current += 1;
    setNotice({ ...next, key: count.current });
  }, []);
  const clear = useCallback(() => setNotice(null), []);
  return (
    <NotifyContext value={notify}>
      {children}
      <div role="status" className={styles.place}>
        {notice ? <NoticeLine key={notice.key} notice={notice} onEnd={clear} /> : null}
      </div>
    </NotifyContext>
  );
}

function NoticeLine({ notice, onEnd }: { readonly notice: Notice; readonly onEnd: () => void }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(onEnd, notice.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, notice.action, onEnd]);
  const act = useMemo(
    () => () => {
      notice.action?.run();
      onEnd();
    },
    [notice.action, onEnd],
  );
  // In a text field Ctrl+Z belongs to the text.
  useShortcut('Ctrl+Z', act, () => notice.action?.undo === true && !isTyping());
  const line = useRef<HTMLDivElement>(null);
  useClearOfControls(line);
  const icon = notice.tone === 'warn' ? 'warning' : notice.tone === 'good' ? 'check' : 'info';
  return (
    <div
      ref={line}
      className={styles.notice}
      data-tone={notice.tone ?? 'plain'}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={icon} />
      <span>{notice.text}</span>
      {notice.action ? (
        <Button variant="quiet" onClick={act} {...(notice.action.undo ? { kbd: 'Ctrl+Z' } : {})}>
          {notice.action.label}
        </Button>
      ) : null}
      <Button variant="quiet" icon="close" label={t('common.close')} onClick={onEnd} />
    </div>
  );
}

/** What a notice must not stand over; a field's hints and errors belong to it. */
const CONTROLS = 'button, input, select, textarea, a, label, [data-field]';

/** Moves up as far as it takes to cover no control, also when the screen behind becomes another. */
function useClearOfControls(line: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const element = line.current;
    if (element === null) return undefined;
    let asked = 0;
    const place = (): void => {
      element.style.translate = '';
      const controls = [...document.querySelectorAll(CONTROLS)].filter(
        (control) => !element.contains(control) && control.checkVisibility(),
      );
      const taken = controls.map((control) => control.getBoundingClientRect());
      const up = liftClear(element.getBoundingClientRect(), taken, 0);
      if (up > 0) element.style.translate = `0 ${-up}px`;
    };
    const later = (): void => {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(place);
    };
    place();
    const watcher = new MutationObserver((records) => {
      if (records.some(({ target }) => !element.contains(target))) later();
    });
    watcher.observe(document.body, { childList: true, subtree: true });
    window.addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(asked);
      watcher.disconnect();
      window.removeEventListener('resize', later);
    };
  }, [line]);
}

function isTyping(): boolean {
  return document.activeElement?.matches('input, textarea') ?? false;
}

export function useNotify(): Notify {
  const notify = useContext(NotifyContext);
  if (!notify) throw new Error('useNotify outside NoticeProvider');
  return notify;
}
