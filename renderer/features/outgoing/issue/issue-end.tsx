import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NumberChoice, OutgoingDetail } from '#shared/contract/outgoing.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import type { OutgoingState } from '#shared/domain/outgoing-state.ts';
import { useCall } from '../../../api/use-call.ts';
import { Button } from '../../../components/button.tsx';
import { CheckBox } from '../../../components/check-box.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Icon } from '../../../components/icon.tsx';
import { useShortcut } from '../../../components/use-shortcut.tsx';
import type { KeyChoice } from './key-choice.ts';
import { KeyFields } from './key-fields.tsx';
import { useChosenNumber } from './use-chosen-number.ts';
import { stepsFrom, useIssue, type IssueStep } from './use-issue.ts';
import styles from './issue.module.css';

interface IssueEndProps {
  readonly detail: OutgoingDetail;
  readonly take: NumberChoice | null;
  readonly stamped: boolean;
  readonly later: boolean;
  /** Differences about which nobody has decided. */
  readonly undecided: number;
  readonly isCompared: boolean;
  readonly person: KeyChoice;
  readonly personId: string | null;
  readonly onPerson: (id: string | null) => void;
  readonly seal: KeyChoice;
  readonly sealId: string | null;
  readonly onSeal: (id: string | null) => void;
  readonly onOpenCertificates: () => void;
  /** It was signed and sealed by hand: no certificate is asked about. */
  readonly onByHand: (byHand: boolean) => void;
  /** Steps are done; the letter is in this state now. */
  readonly onIssued: (state: OutgoingState, text: string) => void;
}

/** A question that has been on the screen for less than this has not been read. */
const UNREAD_MS = 600;

/** Keys, passwords and the button, off until nothing is left to decide; the reason stands beside it. */
export function IssueEnd(props: IssueEndProps) {
  const { detail, take, stamped, later, undecided, isCompared, person, personId, seal, sealId } = props;
  const { t } = useTranslation();
  const issuing = useIssue();
  const line = useCall('exchange.line', {}).data;
  const chosenNumber = useChosenNumber(detail, take);
  const [passwords, setPasswords] = useState({ person: '', seal: '' });
  const end = useRef<HTMLDivElement>(null);

  const [handSigned, setHandSigned] = useState(false);
  const staysHere = detail.deliveries.length === 0;
  const mayBeByHand = staysHere && (detail.state === 'approved' || detail.state === 'numbered');
  const byHand = mayBeByHand && handSigned;
  const all = stepsFrom(detail.state, !staysHere ? 'exchange' : byHand ? 'by-hand' : 'signed');
  const steps = later ? all.filter((step) => step === 'number') : all;
  const [first] = steps;
  const busy = issuing.step !== null;
  const count = detail.deliveries.length;
  const lacking = lackingFor(steps, { person, personId, seal, sealId });
  const isNumberOpen = steps.includes('number');
  const reason =
    undecided > 0
      ? t('outgoing.issue.reasonUndecided', { count: undecided })
      : isNumberOpen && chosenNumber === null
        ? t('outgoing.issue.reasonNumber')
        : lacking === null
          ? null
          : t(`outgoing.issue.lacking.${lacking}`);
  const isReady = isCompared && reason === null && first !== undefined;
  const isStepReady =
    isCompared &&
    undecided === 0 &&
    first !== undefined &&
    lackingFor([first], { person, personId, seal, sealId }) === null;

  const run = async (chosen: readonly IssueStep[]): Promise<void> => {
    if (busy) return;
    const done = await issuing.run(chosen, {
      id: detail.id,
      revision: detail.revision,
      codeText: detail.codeText,
      recipients: count,
      take: take ?? { kind: 'next' },
      urgencyStamp: stamped,
      byHand,
      person: personId === null ? null : { id: personId, password: passwords.person },
      seal: sealId === null ? null : { id: sealId, password: passwords.seal },
    });
    if (done === null) {
      // A wrong password is typed anew; a right one has done its work with the step that it was for.
      setPasswords({ person: '', seal: '' });
      return;
    }
    setPasswords((old) =>
      done.state === 'numbered' ? old : { person: '', seal: done.state === 'signed' ? old.seal : '' },
    );
    props.onIssued(done.state, done.text);
  };
  const { failure } = issuing;
  useEffect(() => {
    // While it was busy the field could take no focus.
    if (!busy && failure !== null) end.current?.querySelector<HTMLElement>('input[type="password"]')?.focus();
  }, [busy, failure]);
  const openedAt = useRef(Number.POSITIVE_INFINITY);
  useEffect(() => {
    openedAt.current = performance.now();
  }, [detail.state]);
  // The key that opened the panel, pressed twice by habit, must not answer it before it was read.
  useShortcut('Ctrl+Enter', () => {
    if (isReady && !busy && performance.now() - openedAt.current > UNREAD_MS) void run(steps);
  });

  // Once nothing is left to decide, what is left is the password.
  const wantsPassword = isReady && steps.some((step) => step === 'sign' || step === 'seal');
  useEffect(() => {
    if (!wantsPassword || document.activeElement?.matches('input, textarea, select') === true) return;
    end.current?.querySelector<HTMLElement>('input[type="password"]')?.focus();
  }, [wantsPassword]);

  const label =
    first === undefined
      ? t('common.close')
      : steps.includes('queue')
        ? t('outgoing.issue.issueTo', { count })
        : steps.includes('issue')
          ? t('outgoing.issue.issueHere', { count: detail.otherRecipients.length })
          : t('outgoing.issue.numberOnly', {
              number: chosenNumber === null ? '' : formatNumber(chosenNumber.number, chosenNumber.suffix),
            });
  return (
    <div ref={end} className={styles.end}>
      {failure !== null && <ErrorNote failure={failure} />}
      {mayBeByHand && (
        <CheckBox
          label={t('outgoing.issue.byHand')}
          checked={handSigned}
          onChange={(checked) => {
            setHandSigned(checked);
            props.onByHand(checked);
          }}
        />
      )}
      {(steps.includes('sign') || steps.includes('seal')) && (
        <div className={styles.keys}>
          {steps.includes('sign') && (
            <KeyFields
              kind="person"
              choice={person}
              chosenId={personId}
              password={passwords.person}
              disabled={busy || undecided > 0}
              onChoose={props.onPerson}
              onPassword={(text) => setPasswords((old) => ({ ...old, person: text }))}
              onOpenCertificates={props.onOpenCertificates}
            />
          )}
          {steps.includes('seal') && (
            <KeyFields
              kind="seal"
              choice={seal}
              chosenId={sealId}
              password={passwords.seal}
              disabled={busy || undecided > 0}
              onChoose={props.onSeal}
              onPassword={(text) => setPasswords((old) => ({ ...old, seal: text }))}
              onOpenCertificates={props.onOpenCertificates}
            />
          )}
        </div>
      )}
      <div className={styles.go}>
        {first !== undefined && (
          <Button variant="main" kbd="Ctrl+Enter" busy={busy} disabled={!isReady} onClick={() => void run(steps)}>
            {busy ? t(`outgoing.issue.working.${issuing.step ?? 'passwords'}`) : label}
          </Button>
        )}
        {first !== undefined && first !== 'queue' && first !== 'issue' && steps.length > 1 ? (
          <Button disabled={!isStepReady || busy} onClick={() => void run([first])}>
            {t(`outgoing.issue.only.${first}`)}
          </Button>
        ) : null}
        <span className={styles.why} role="status">
          {reason === null ? (
            staysHere ? (
              t('outgoing.issue.cannotUndoHere')
            ) : line?.state === 'offline' ? (
              t('outgoing.send.offline')
            ) : line?.state === 'not-enrolled' ? (
              t('outgoing.send.notEnrolled')
            ) : (
              t(isNumberOpen ? 'outgoing.issue.cannotUndo' : 'outgoing.issue.cannotUndoSent')
            )
          ) : (
            <b>
              <Icon name="warning" size={14} /> {reason}
            </b>
          )}
        </span>
      </div>
    </div>
  );
}

interface Keys {
  readonly person: KeyChoice;
  readonly personId: string | null;
  readonly seal: KeyChoice;
  readonly sealId: string | null;
}

type Lacking = 'noPerson' | 'noSeal' | 'choosePerson' | 'chooseSeal';

/** What a step needs and has not. */
function lackingFor(steps: readonly IssueStep[], { person, personId, seal, sealId }: Keys): Lacking | null {
  if (steps.includes('sign') && personId === null) return person.usable.length === 0 ? 'noPerson' : 'choosePerson';
  if (steps.includes('seal') && sealId === null) return seal.usable.length === 0 ? 'noSeal' : 'chooseSeal';
  return null;
}
