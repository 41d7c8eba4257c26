import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { Look } from '#shared/contract/last-look.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Icon } from '../../../components/icon.tsx';
import { describeError } from '../../../i18n/describe-error.ts';
import { shownDifference } from '../../document/shown-difference.ts';
import { RecipientSearch } from '../recipient-search.tsx';
import { useDecide, type Deciding, type LookedWith } from './use-decide.ts';
import { Reason, Ways, type Way } from './ways.tsx';
import styles from './issue.module.css';

type Difference = Look['differences'][number];

interface DifferenceItemProps {
  readonly numeral: number;
  readonly difference: Difference;
  readonly target: { readonly id: string; readonly revision: number };
  readonly looked: LookedWith;
  /** The first that wants a decision: the keys are for it. */
  readonly isActive: boolean;
  /** Codes of those who get the letter already. */
  readonly recipients: readonly string[];
}

/** One difference: in amber with its ways out, or folded to a line once it is decided. */
export function DifferenceItem(props: DifferenceItemProps) {
  const { numeral, difference, target, looked, isActive, recipients } = props;
  const { t } = useTranslation();
  const [again, setAgain] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  const deciding = useDecide(target, looked, difference);
  if (difference.decision !== null && !again) {
    return <Decided difference={difference} onAgain={() => setAgain(true)} />;
  }
  const decide = async (...decision: Parameters<Deciding['decide']>): Promise<void> => {
    if (!(await deciding.decide(...decision))) return;
    setAgain(false);
    setAsked(null);
  };
  const ways = waysOut(t, difference, (...decision) => void decide(...decision), setAsked);
  return (
    <div className={styles.difference} data-active={isActive || undefined}>
      <p className={styles.question}>
        <span className={styles.numeral}>{numeral}</span>
        <b>{t(`outgoing.issue.differs.${difference.kind}`)}</b>
        {difference.kind === 'line' ? <span>“{difference.page}”</span> : null}
      </p>
      {difference.kind === 'line' ? null : (
        <dl className={styles.sides}>
          <dt>{t(`outgoing.issue.sides.${difference.kind}.page`)}</dt>
          <dd>{shownDifference(difference.page)}</dd>
          <dt>{t(`outgoing.issue.sides.${difference.kind}.other`)}</dt>
          <dd>
            {difference.kind === 'attachment'
              ? describeError(t, { code: difference.other }).what
              : shownDifference(difference.other)}
          </dd>
        </dl>
      )}
      <Ways
        label={t(`outgoing.issue.differs.${difference.kind}`)}
        ways={ways}
        chosen={asked}
        isActive={isActive}
        busy={deciding.busy}
      />
      {asked === 'accepted' && (
        <Reason busy={deciding.busy} onDecide={(reason) => void decide('accepted', { reason })} />
      )}
      {asked === 'others' && (
        <RecipientSearch
          label={t('outgoing.issue.chooseOthers')}
          autoFocus
          chosen={new Set(recipients)}
          onAdd={({ code }) => void decide('sent-to', { agencies: [code] })}
        />
      )}
      {deciding.failure !== null && <ErrorNote failure={deciding.failure} />}
    </div>
  );
}

function waysOut(
  t: TFunction,
  { ways, proposals, kind }: Difference,
  decide: (...decision: Parameters<Deciding['decide']>) => void,
  ask: (asked: string) => void,
): readonly Way[] {
  return ways.flatMap((way): readonly Way[] => {
    switch (way) {
      case 'accepted':
        return [
          { id: way, label: t(`outgoing.issue.accept.${kind === 'line' ? 'agency' : kind}`), act: () => ask(way) },
        ];
      case 'as-on-page':
        return [{ id: way, label: t('outgoing.issue.asOnPage'), act: () => decide(way) }];
      case 'sent-to':
        return [
          ...proposals.map(({ name, agencies }) => ({
            id: name,
            label: t('outgoing.issue.sendTo', { name, count: agencies.length }),
            act: () => decide(way, { agencies: agencies.map(({ code }) => code) }),
          })),
          { id: 'others', label: t('outgoing.issue.others'), act: () => ask('others') },
        ];
      case 'on-paper':
      case 'not-sent':
        return [{ id: way, label: t(`outgoing.issue.lineWays.${way}`), act: () => decide(way) }];
    }
  });
}

function Decided({ difference, onAgain }: { readonly difference: Difference; readonly onAgain: () => void }) {
  const { t } = useTranslation();
  const { kind, page, decision } = difference;
  if (decision === null) return null;
  const words =
    decision.way === 'accepted'
      ? t(kind === 'attachment' ? 'outgoing.issue.wasUnsigned' : 'outgoing.issue.wasAccepted', {
          reason: decision.reason,
        })
      : decision.way === 'sent-to'
        ? t('outgoing.issue.wasSentTo', { agencies: decision.agencies })
        : decision.way === 'as-on-page'
          ? t('outgoing.issue.asOnPage')
          : t(`outgoing.issue.lineWays.${decision.way}`);
  return (
    <p className={styles.decided}>
      <Icon name="check" size={14} />
      <span>
        {kind === 'line' || kind === 'attachment' ? `“${page}”` : t(`outgoing.issue.differs.${kind}`)} <small>·</small>{' '}
        <b>{words}</b>
      </span>
      <Button variant="quiet" onClick={onAgain}>
        {t('outgoing.issue.change')}
      </Button>
    </p>
  );
}
