import { useTranslation } from 'react-i18next';
import type { LaneLetter } from '#shared/contract/incoming.ts';
import { Icon } from '../../components/icon.tsx';
import { Tag } from '../../components/tag.tsx';
import { classNames } from '../../components/class-names.ts';
import { formatNumber, formatWhen } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';
import { isUrgent } from './lane.ts';
import { sourceIcons } from './source-icons.ts';
import type { LaneHandle } from './use-lane.ts';
import styles from './lane-strip.module.css';

interface LaneStripProps {
  readonly handle: LaneHandle;
  readonly openId: string;
  readonly onOpen: (id: string) => void;
  /** Back to the list. */
  readonly onLeave: () => void;
}

const NEXT_SHOWN = 3;

/** Where the clerk is among the letters to register: a tick for each, the open one and the next with their source. */
export function LaneStrip({ handle, openId, onOpen, onLeave }: LaneStripProps) {
  const { t, i18n } = useTranslation();
  const { lane, after, waiting, lastNumber, came } = handle;
  const open = lane.letters.find(({ id }) => id === openId);
  const done = lane.done.size;
  const isOpenDone = lane.done.has(openId);
  const place = isOpenDone ? done : done + 1;
  const total = Math.max(place, done + waiting);
  return (
    <nav className={styles.strip} aria-label={t('incoming.lane.label')} data-testid="lane">
      <div className={styles.progress}>
        <p className={styles.count}>
          <b>{formatNumber(place, i18n.language)}</b>{' '}
          <span>{t('incoming.lane.of', { total: formatNumber(total, i18n.language) })}</span>
        </p>
        <div className={styles.ticks} aria-hidden>
          {lane.letters.map((letter) => (
            <i
              key={letter.id}
              className={classNames(
                styles.tick,
                isUrgent(letter) && styles.express,
                lane.done.has(letter.id) && styles.done,
                letter.id === openId && styles.open,
              )}
            />
          ))}
        </div>
        {lastNumber === null ? null : (
          <p className={styles.last}>{t('incoming.pane.toast.registered', { number: lastNumber })}</p>
        )}
      </div>
      {open === undefined ? null : (
        <div className={classNames(styles.letter, styles.current)} aria-current="step">
          <LetterLines letter={open} />
        </div>
      )}
      {after.slice(0, NEXT_SHOWN).map((letter) => (
        <button key={letter.id} type="button" className={styles.letter} onClick={() => onOpen(letter.id)}>
          <LetterLines letter={letter} />
        </button>
      ))}
      <span className={styles.room} />
      <button type="button" className={styles.all} onClick={onLeave}>
        {t('incoming.lane.all')} <Icon name="chevron-right" size={13} />
      </button>
      <p role="status" className="visually-hidden" data-testid="lane-said">
        {came === null ? <Announced letter={open} number={lastNumber} /> : t('incoming.lane.cameNext', nameOf(came))}
      </p>
    </nav>
  );
}

/** What is read out when another letter has opened: the number just given, and that this one is express. */
function Announced({ letter, number }: { readonly letter: LaneLetter | undefined; readonly number: number | null }) {
  const { t } = useTranslation();
  const given = number === null ? '' : `${t('incoming.pane.toast.registered', { number })}. `;
  if (letter === undefined) return given;
  const urgency = isUrgent(letter) ? `${t(`common.urgency.${letter.urgency}`)}. ` : '';
  return `${given}${urgency}${t('incoming.lane.opened', nameOf(letter))}`;
}

const nameOf = ({ codeText, agencyName }: LaneLetter) => ({ code: codeText, agency: agencyName });

function LetterLines({ letter }: { readonly letter: LaneLetter }) {
  const { t } = useTranslation();
  const now = useNow();
  const { codeText, agencyName, urgency, expressAt, source, arrivedAt } = letter;
  return (
    <>
      <span className={styles.code}>
        <b title={codeText}>{codeText || t('list.noCode')}</b>
        {isUrgent(letter) ? (
          <Tag tone="urgent" icon="clock">
            {[t(`common.urgency.${urgency === 'express-timed' ? 'express' : urgency}`)]
              .concat(expressAt === null ? [] : formatStamp(expressAt, now))
              .join(' ')}
          </Tag>
        ) : null}
      </span>
      <span className={styles.who} title={letter.limited ? `${t('access.tag')} · ${agencyName}` : agencyName}>
        {letter.limited ? (
          <>
            <Icon name="lock" size={13} />
            <span className="visually-hidden">{t('access.tag')}</span>{' '}
          </>
        ) : null}
        {agencyName}
      </span>
      <span className={styles.source}>
        <Icon name={sourceIcons[source]} size={13} />
        {t(`incoming.lane.source.${source}`)} · {formatWhen(t, arrivedAt, now)}
      </span>
    </>
  );
}
