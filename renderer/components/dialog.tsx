import { useContext, useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { DialogDepth, useDialogScope, useShortcut } from './use-shortcut.tsx';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  /** What follows if the user goes on, in one or two plain sentences. */
  readonly consequence?: ReactNode;
  readonly children?: ReactNode;
  /** The button that goes on; Ctrl+Enter does the same. Plain Enter never does. */
  readonly action?: {
    readonly label: string;
    readonly run: () => void;
    readonly busy?: boolean;
    readonly disabled?: boolean;
    readonly danger?: boolean;
  };
  readonly onClose: () => void;
  /** Label of the button that changes nothing; "Hủy" when left out. */
  readonly closeLabel?: string;
  readonly width?: 'narrow' | 'wide';
}

/** A question that has been on the screen for less than this has not been read. */
const UNREAD_MS = 600;

/**
 * A modal question on the native dialog element. Esc and the close button give up; a click outside does not, because
 * it would throw away typed text. Focus goes back to where it came from.
 */
export function Dialog(props: DialogProps) {
  const depth = useContext(DialogDepth) + 1;
  return (
    <DialogDepth value={depth}>
      <DialogBody {...props} depth={depth} />
    </DialogDepth>
  );
}

function DialogBody({
  title,
  consequence,
  children,
  action,
  onClose,
  closeLabel,
  width = 'narrow',
  depth,
}: DialogProps & { readonly depth: number }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const consequenceId = useId();
  useDialogScope(depth);

  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    // Not the first button, as the browser would: plain Enter must not go on with what cannot be undone.
    (element?.querySelector<HTMLElement>('[data-autofocus]') ?? element)?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const canRun = action !== undefined && !action.busy && !action.disabled;
  const openedAt = useRef(Number.POSITIVE_INFINITY);
  useEffect(() => {
    openedAt.current = performance.now();
  }, []);
  // The key that opened the question, pressed twice by habit, must not answer it before it was read.
  useShortcut('Ctrl+Enter', () => canRun && performance.now() - openedAt.current > UNREAD_MS && action.run());

  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      className={styles.dialog}
      data-width={width}
      aria-labelledby={titleId}
      aria-describedby={consequence ? consequenceId : undefined}
      onCancel={(event) => {
        event.preventDefault();
        if (!action?.busy) onClose();
      }}
    >
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      <div className={styles.body}>
        {consequence ? <p id={consequenceId}>{consequence}</p> : null}
        {children}
      </div>
      <div className={styles.end}>
        {action ? (
          <Button
            variant={action.danger ? 'danger' : 'main'}
            kbd="Ctrl+Enter"
            busy={action.busy ?? false}
            disabled={action.disabled ?? false}
            onClick={action.run}
          >
            {action.label}
          </Button>
        ) : null}
        <Button kbd="Escape" onClick={onClose} disabled={action?.busy ?? false}>
          {closeLabel ?? t('common.cancel')}
        </Button>
      </div>
    </dialog>
  );
}
