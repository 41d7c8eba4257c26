import { useTranslation } from 'react-i18next';
import { outgoingBoxes } from '#shared/domain/outgoing-state.ts';
import { useCall } from '../../api/use-call.ts';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { ariaShortcut, shortcutLabel } from '../../components/shortcuts.ts';
import type { Shortcut } from '../../components/shortcuts.ts';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { useIncomingBoxes } from '../list/use-incoming-boxes.ts';
import { useNavigation } from './navigation.tsx';
import type { Place } from './places.ts';
import styles from './side-nav.module.css';

interface BoxLink {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  /** Red while it holds anything. */
  readonly urgent: boolean;
  readonly current: boolean;
  readonly go: () => void;
}

const outgoingScreens: readonly Place['screen'][] = ['outgoing', 'new-outgoing', 'edit-outgoing', 'issue-outgoing'];

export function SideNav() {
  const { t } = useTranslation();
  const { place, go } = useNavigation();
  const counts = useCall('office.counts', {}).data;
  const coming = useCall('duty.get', {}).data?.coming ?? 0;
  const answers = useCall('feedback.unread', {}).data?.answers ?? 0;
  const supervision = useCall('oversight.supervision', {});
  const boxes = useIncomingBoxes(place.screen === 'incoming' ? place.box : null);
  const incoming = boxes.map((box): BoxLink => ({
    key: box,
    name: t(`list.incoming.${box}`),
    count: box === 'done' ? 0 : (counts?.incoming[box] ?? 0),
    urgent: box === 'express' || box === 'overdue',
    current: place.screen === 'incoming' && place.box === box,
    go: () => go({ screen: 'incoming', box, id: null }),
  }));
  const outgoing = outgoingBoxes.map((box): BoxLink => ({
    key: box,
    name: t(`list.outgoing.${box}`),
    count: box === 'sent' || box === 'cancelled' ? 0 : (counts?.outgoing[box] ?? 0),
    // What waits is reminded of by itself; only a call, or a question for a longer time, needs a person.
    urgent:
      box === 'returned' ||
      box === 'not-arrived' ||
      (box === 'waiting' && (counts?.calls ?? 0) + (counts?.extensions ?? 0) > 0),
    current: place.screen === 'outgoing' && place.box === box,
    go: () => go({ screen: 'outgoing', box, id: null }),
  }));
  return (
    <nav className={styles.nav} aria-label={t('frame.navigation')}>
      {boxes.includes('opinion') ? (
        <Section
          icon="clock"
          name={t('board.title')}
          shortcut="Alt+9"
          inside={place.screen === 'board'}
          go={() => go({ screen: 'board' })}
        />
      ) : null}
      <Section
        icon="inbox"
        name={t('frame.incoming')}
        shortcut="Alt+1"
        inside={place.screen === 'incoming'}
        boxes={incoming}
        go={() => go({ screen: 'incoming', box: 'to-register', id: null })}
      />
      <Section
        icon="send"
        name={t('frame.outgoing')}
        shortcut="Alt+2"
        inside={outgoingScreens.includes(place.screen)}
        boxes={outgoing}
        go={() => go({ screen: 'outgoing', box: 'drafts', id: null })}
      />
      <Section
        icon="book"
        name={t('frame.books')}
        shortcut="Alt+3"
        inside={place.screen === 'books'}
        go={() => go({ screen: 'books' })}
      />
      {supervision.data?.supervises ? (
        <Section
          icon="figures"
          name={t('frame.oversight')}
          shortcut="Alt+7"
          inside={place.screen === 'oversight'}
          go={() => go({ screen: 'oversight' })}
        />
      ) : null}
      <Section
        icon="duty"
        name={t('frame.rota')}
        shortcut="Alt+6"
        inside={place.screen === 'rota'}
        warning={coming > 0 ? { count: coming, words: t('frame.rotaProblems', { count: coming }) } : null}
        go={() => go({ screen: 'rota' })}
      />
      <Section
        icon="agencies"
        name={t('frame.directory')}
        shortcut="Alt+4"
        inside={place.screen === 'directory'}
        go={() => go({ screen: 'directory' })}
      />
      <Section
        icon="settings"
        name={t('frame.settings')}
        shortcut="Alt+5"
        inside={place.screen === 'settings'}
        go={() => go({ screen: 'settings', section: 'office' })}
      />
      <Section
        icon="message"
        name={t('feedback.nav')}
        shortcut="Alt+8"
        inside={place.screen === 'feedback'}
        warning={answers > 0 ? { count: answers, words: t('feedback.newAnswers', { count: answers }) } : null}
        go={() => go({ screen: 'feedback', writes: false })}
      />
    </nav>
  );
}

interface SectionProps {
  readonly icon: IconName;
  readonly name: string;
  readonly shortcut: Shortcut;
  readonly inside: boolean;
  readonly boxes?: readonly BoxLink[];
  /** Amber: what somebody has to look at. */
  readonly warning?: { readonly count: number; readonly words: string } | null;
  readonly go: () => void;
}

const noBoxes: readonly BoxLink[] = [];

function Section({ icon, name, shortcut, inside, boxes = noBoxes, warning = null, go }: SectionProps) {
  const { t, i18n } = useTranslation();
  useShortcut(shortcut, go);
  const alarm = boxes.find((box) => box.urgent && box.count > 0);
  return (
    <div className={styles.section}>
      <button
        type="button"
        className={styles.head}
        aria-current={inside ? (boxes.length > 0 ? 'true' : 'page') : undefined}
        aria-keyshortcuts={ariaShortcut(shortcut)}
        data-tip={`${name} · ${shortcutLabel(shortcut)}`}
        onClick={go}
      >
        <Icon name={icon} />
        <span className={styles.name}>{name}</span>
        {warning ? (
          <span className={styles.warning} title={warning.words}>
            <span aria-hidden="true">{formatNumber(warning.count, i18n.language)}</span>
            <span className="visually-hidden">{warning.words}</span>
          </span>
        ) : null}
        {alarm ? (
          <span className={styles.alarm}>
            <span className="visually-hidden">{t('frame.alarm', { name: alarm.name, count: alarm.count })}</span>
          </span>
        ) : null}
      </button>
      {boxes.length > 0 ? (
        <ul className={styles.boxes}>
          {boxes.map((box) => (
            <li key={box.key}>
              <button
                type="button"
                className={styles.box}
                aria-current={box.current ? 'page' : undefined}
                data-urgent={(box.urgent && box.count > 0) || undefined}
                onClick={box.go}
              >
                <span className={styles.boxName}>{box.name}</span>
                {box.count > 0 ? <span className={styles.count}>{formatNumber(box.count, i18n.language)}</span> : null}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
