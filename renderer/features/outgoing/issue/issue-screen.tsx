import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Look } from '#shared/contract/last-look.ts';
import type { NumberChoice, OutgoingDetail } from '#shared/contract/outgoing.ts';
import { outgoingBoxOf, outgoingMachine, type OutgoingBox } from '#shared/domain/outgoing-state.ts';
import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import { useCall } from '../../../api/use-call.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { useNotify } from '../../../components/notices.tsx';
import { PageView, type PageNote } from '../../../components/page-view/page-view.tsx';
import { ProgressLine } from '../../../components/progress-line.tsx';
import { TitleBar } from '../../../components/screen-frame.tsx';
import { useShortcut } from '../../../components/use-shortcut.tsx';
import { useNow } from '../../../i18n/use-now.ts';
import { useDraftSteps } from '../use-draft-steps.ts';
import { DifferenceItem } from './difference-item.tsx';
import { IssueEnd } from './issue-end.tsx';
import { IssueNumber } from './issue-number.tsx';
import { KeyItem } from './key-item.tsx';
import { IssueRecipients } from './issue-recipients.tsx';
import { keyChoice, type KeyChoice } from './key-choice.ts';
import { Matches } from './matches.tsx';
import styles from './issue.module.css';

interface IssueScreenProps {
  readonly id: string;
  /** Left, or done: the document to show next, in the box that holds it. */
  readonly onDone: (id: string, box: OutgoingBox) => void;
  readonly onEdit: (id: string) => void;
  readonly onOpenCertificates: () => void;
}

/** Xem lại trước khi phát hành: number, signature, seal and sending, with all that is compared before them. */
export function IssueScreen({ id, ...props }: IssueScreenProps) {
  const { t } = useTranslation();
  const detail = useCall('outgoing.get', { id });
  if (detail.data === undefined) {
    return detail.error === null ? (
      <ProgressLine label={t('outgoing.pane.loading')} />
    ) : (
      <ErrorNote failure={detail.error} onRetry={() => void detail.refetch()} busy={detail.isFetching} />
    );
  }
  return <Issue key={id} {...props} detail={detail.data} />;
}

function Issue({
  detail,
  onDone,
  onEdit,
  onOpenCertificates,
}: Omit<IssueScreenProps, 'id'> & { detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const now = useNow();
  const titleId = useId();
  const body = useRef<HTMLElement>(null);
  const [take, setTake] = useState<NumberChoice | null>({ kind: 'next' });
  const [stamped, setStamped] = useState(true);
  const [personId, setPersonId] = useState<string | null>(null);
  const [sealId, setSealId] = useState<string | null>(null);
  /** The signer signs elsewhere: here only the number is given. */
  const [later, setLater] = useState(false);
  const [byHand, setByHand] = useState(false);
  const steps = useDraftSteps(detail);

  const certificates = useCall('certificates.list', {}).data?.certificates;
  const asked = { id: detail.id, take: take ?? ({ kind: 'next' } as const) };
  const look = useCall(
    'outgoing.look',
    { ...asked, personCertificateId: personId, sealCertificateId: sealId },
    { keepPrevious: true },
  );
  const needsSigner = outgoingMachine.allows(detail.state, 'sign') || outgoingMachine.allows(detail.state, 'number');
  const needsSeal = needsSigner || outgoingMachine.allows(detail.state, 'seal');
  const person = keyChoice('person', look.data, certificates, personId, now);
  const seal = keyChoice('seal', look.data, certificates, sealId, now);
  // A fitting certificate is chosen without a word, and compared like any other.
  useEffect(() => {
    if (needsSigner && personId === null && person.proposed !== null) setPersonId(person.proposed);
    if (needsSeal && sealId === null && seal.proposed !== null) setSealId(seal.proposed);
  }, [needsSigner, needsSeal, personId, sealId, person.proposed, seal.proposed]);

  const isSettled = !['approved', 'numbered', 'signed', 'sealed'].includes(detail.state);
  const leave = useCallback(
    () => onDone(detail.id, outgoingBoxOf(detail.state) ?? 'to-sign'),
    [onDone, detail.id, detail.state],
  );
  // Elsewhere, or by a step whose answer was lost: there is nothing left to look at.
  useEffect(() => {
    if (isSettled) leave();
  }, [isSettled, leave]);
  useShortcut('Escape', leave);

  const shown = look.data?.differences ?? [];
  const isOpen = (difference: Look['differences'][number]): boolean => difference.decision === null;
  const asksFor = (kind: 'signer' | 'seal', choice: KeyChoice, chosenId: string | null, needed: boolean): boolean =>
    shown.some((each) => each.kind === kind) ||
    // One that was just chosen stays in question until it has been compared: the keys must not pass to the next one.
    (needed &&
      look.data !== undefined &&
      (chosenId === null || look.isPlaceholderData) &&
      choice.proposed === null &&
      choice.usable.length > 0);
  const keyItems = [
    {
      kind: 'signer' as const,
      choice: person,
      isDone: !needsSigner,
      asked: asksFor('signer', person, personId, needsSigner),
    },
    { kind: 'seal' as const, choice: seal, isDone: !needsSeal, asked: asksFor('seal', seal, sealId, needsSeal) },
  ].filter(({ asked: isAsked }) => isAsked && !byHand);
  const others = shown.filter(({ kind }) => kind !== 'signer' && kind !== 'seal');
  const keys = [...keyItems.map(({ kind }) => kind), ...others.map(keyOf)];
  const numerals = new Map(keys.map((key, index) => [key, index + 1]));
  const openKeys = [
    ...keyItems
      // A signature that is made elsewhere is decided about there, and the seal after it.
      .filter(({ kind }) => !later && !shown.some((each) => each.kind === kind && !isOpen(each)))
      .map(({ kind }) => kind),
    ...others.filter(isOpen).map(keyOf),
  ];
  const [firstOpen] = openKeys;
  const notes = useNotes(shown, numerals);
  const target = { id: detail.id, revision: detail.revision };
  const looked = { take: asked.take, personCertificateId: personId, sealCertificateId: sealId };

  // The keys 1, 2, 3 are for what wants a decision; where nothing does, the password is what is left.
  useEffect(() => {
    body.current?.focus();
  }, []);

  return (
    <div className={styles.split}>
      <section
        ref={body}
        tabIndex={-1}
        className={styles.panel}
        aria-labelledby={titleId}
        // A key or a number that was just chosen is not compared yet.
        aria-busy={look.data === undefined || look.isPlaceholderData}
      >
        <TitleBar>
          <h1 id={titleId}>{t('outgoing.issue.title')}</h1>
          <span className={styles.head}>
            {outgoingMachine.allows(detail.state, 'reopen') && (
              <Button
                variant="quiet"
                busy={steps.busy}
                onClick={() => {
                  steps.reopen();
                  onEdit(detail.id);
                }}
              >
                {t('outgoing.issue.reopen')}
              </Button>
            )}
            <Button variant="quiet" kbd="Escape" onClick={leave}>
              {t('common.close')}
            </Button>
          </span>
        </TitleBar>
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('outgoing.issue.content')}>
          {steps.failure !== null && <ErrorNote failure={steps.failure} />}
          {look.error !== null && (
            <ErrorNote failure={look.error} onRetry={() => void look.refetch()} busy={look.isFetching} />
          )}
          {look.data === undefined && look.error === null && <ProgressLine label={t('outgoing.issue.comparing')} />}
          <IssueNumber detail={detail} take={take} onTake={setTake} stamped={stamped} onStamped={setStamped} />
          {keys.length > 0 && look.data !== undefined && (
            <section aria-label={t('outgoing.issue.toDecide')}>
              <h2 className={styles.part}>
                {t('outgoing.issue.toDecide')}{' '}
                <span>
                  {openKeys.length === 0
                    ? t('outgoing.issue.allDecided', { count: keys.length })
                    : t('outgoing.issue.left', { left: openKeys.length, total: keys.length })}
                </span>
              </h2>
              {keyItems.map(({ kind, choice, isDone }) => (
                <KeyItem
                  key={kind}
                  kind={kind}
                  numeral={numerals.get(kind) ?? 1}
                  detail={detail}
                  look={look.data}
                  choice={choice}
                  isDone={isDone}
                  later={later}
                  isActive={firstOpen === kind}
                  looked={looked}
                  onChoose={(chosen) => {
                    (kind === 'signer' ? setPersonId : setSealId)(chosen);
                    setLater(false);
                  }}
                  onLater={kind === 'signer' ? () => setLater(true) : null}
                />
              ))}
              {others.map((difference) => (
                <DifferenceItem
                  key={keyOf(difference)}
                  numeral={numerals.get(keyOf(difference)) ?? 1}
                  difference={difference}
                  target={target}
                  looked={looked}
                  isActive={firstOpen === keyOf(difference)}
                  recipients={detail.deliveries.map(({ agencyCode }) => agencyCode)}
                />
              ))}
            </section>
          )}
          <IssueRecipients detail={detail} groups={look.data?.groups ?? []} />
          {look.data !== undefined && <Matches matches={look.data.matches} />}
        </div>
        <IssueEnd
          detail={detail}
          take={take}
          stamped={stamped}
          later={later}
          undecided={openKeys.length}
          isCompared={look.data !== undefined && !look.isPlaceholderData}
          person={person}
          personId={personId}
          onPerson={setPersonId}
          seal={seal}
          sealId={sealId}
          onSeal={setSealId}
          onOpenCertificates={onOpenCertificates}
          onByHand={setByHand}
          onIssued={(state, text) => {
            notify({ tone: 'good', text });
            if (!outgoingMachine.allows(state, 'sign') && !outgoingMachine.allows(state, 'seal')) {
              onDone(detail.id, outgoingBoxOf(state) ?? 'to-send');
            } else if (later) leave();
          }}
        />
      </section>
      <section className={styles.page}>
        <PageView fileId={detail.file.fileId} fileName={detail.file.name} notes={notes} />
      </section>
    </div>
  );
}

/** Name of a difference on this screen. */
const keyOf = ({ kind, subject }: Pick<Look['differences'][number], 'kind' | 'subject'>): string =>
  kind === 'signer' || kind === 'seal' ? kind : `${kind} ${subject}`;

function useNotes(shown: Look['differences'], numerals: ReadonlyMap<string, number>): readonly PageNote[] {
  const all = shown.flatMap(({ kind, subject, mark, decision }) => {
    const numeral = numerals.get(keyOf({ kind, subject }));
    return mark === null || numeral === undefined
      ? []
      : [{ place: mark, label: String(numeral), open: decision === null }];
  });
  const key = JSON.stringify(all);
  // The page is drawn anew only when a mark is another.
  return useMemo(() => JSON.parse(key) as { place: PageRectangle; label: string; open: boolean }[], [key]);
}
