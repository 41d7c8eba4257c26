import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/contract.ts';
import { addDays, formatVnDate, vietnamDay } from '#shared/domain/vn-date.ts';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import type { PickedFile } from '#shared/contract/shell.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { useSaveMade } from '../../api/use-save-made.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { ScreenFrame } from '../../components/screen-frame.tsx';
import { usePrint } from '../../components/use-print.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { OverseenFeedbackScreen } from '../feedback/overseen-feedback.tsx';
import { AgencyDeliveries } from './agency-deliveries.tsx';
import { OpeningChart, WeeksChart } from './charts.tsx';
import { type Period, type PeriodKind, periodKinds, periodOf } from './period.ts';
import { Ranking } from './ranking.tsx';
import { ReminderEditor } from './reminder-editor.tsx';
import { ReportPage } from './report-page.tsx';
import { StepTimesTable } from './step-times.tsx';
import { change, inHours, percentOf, signed } from './words.ts';
import styles from './oversight.module.css';

interface OversightScreenProps {
  /** The drafted letter, to be taken in as a new outgoing one. */
  readonly onLetter: (file: PickedFile, recipients: readonly DirectoryAgency[]) => void;
}

/** Who opens what when, for an office that supervises others. */
export function OversightScreen({ onLetter }: OversightScreenProps) {
  const [kind, setKind] = useState<PeriodKind>('month');
  const [back, setBack] = useState(0);
  const [today] = useState(() => vietnamDay(Date.now()));
  const [isWriting, setIsWriting] = useState(false);
  const [isReading, setIsReading] = useState(false);
  const period = periodOf(kind, back, today);
  if (isWriting) return <ReminderEditor period={period} onClose={() => setIsWriting(false)} onLetter={onLetter} />;
  if (isReading) return <OverseenFeedbackScreen onClose={() => setIsReading(false)} />;
  return (
    <FiguresScreen
      {...{ kind, back, period }}
      onKind={(chosen) => {
        setKind(chosen);
        setBack(0);
      }}
      onBack={setBack}
      onWrite={() => setIsWriting(true)}
      onRead={() => setIsReading(true)}
    />
  );
}

interface FiguresScreenProps {
  readonly kind: PeriodKind;
  readonly back: number;
  readonly period: Period;
  readonly onKind: (kind: PeriodKind) => void;
  readonly onBack: (back: number) => void;
  readonly onWrite: () => void;
  readonly onRead: () => void;
}

function FiguresScreen({ kind, back, period, onKind, onBack, onWrite, onRead }: FiguresScreenProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [wanted, setWanted] = useState('');
  const found = useCall('oversight.figures', period, { keepPrevious: true });
  const open = useCall('feedback.overseen', { which: 'open', after: null }).data?.open ?? 0;
  const shown = found.data;
  const words = foldVietnamese(wanted.trim());
  const agencies = (shown?.agencies ?? []).filter(
    ({ code, name }) => foldVietnamese(name).includes(words) || foldVietnamese(code).includes(words),
  );
  const agency = shown?.agencies.find(({ code }) => code === chosen);
  return (
    <ScreenFrame
      title={t('frame.oversight')}
      isBusy={found.isFetching}
      beside={
        <>
          <div role="group" aria-label={t('oversight.period')} className={styles.kinds}>
            {periodKinds.map((one) => (
              <Button key={one} aria-pressed={one === kind} onClick={() => onKind(one)}>
                {t(`oversight.kinds.${one}`)}
              </Button>
            ))}
          </div>
          <Button label={t('oversight.earlier')} onClick={() => onBack(back + 1)}>
            ‹
          </Button>
          <span role="status">
            {formatVnDate(period.from)} – {formatVnDate(addDays(period.to, -1))}
          </span>
          <Button label={t('oversight.later')} disabled={back === 0} onClick={() => onBack(back - 1)}>
            ›
          </Button>
          <Button icon="message" onClick={onRead}>
            {t('feedback.overseen.open', { count: open })}
          </Button>
        </>
      }
    >
      {found.error ? <ErrorNote failure={found.error} onRetry={() => void found.refetch()} /> : null}
      {shown ? (
        <>
          <div className={styles.tools}>
            <input
              type="search"
              className={styles.filter}
              aria-label={t('oversight.filter')}
              placeholder={t('oversight.filter')}
              value={wanted}
              maxLength={100}
              onChange={(event) => setWanted(event.target.value)}
            />
            <ReportButtons figures={shown} period={period} isCurrent={!found.isPlaceholderData && !found.error} />
            <Button variant="main" disabled={found.isPlaceholderData || found.error !== null} onClick={onWrite}>
              {t('oversight.letter.write')}
            </Button>
          </div>
          <div className={styles.parts}>
            {/* A region that scrolls has to be reachable with the keyboard. */}
            <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('oversight.agency')}>
              <Totals figures={shown} />
              {isEmpty(shown) ? <p className={styles.none}>{t('oversight.empty')}</p> : null}
              {agencies.length === 0 ? (
                <p className={styles.none}>{t(words === '' ? 'oversight.nobody' : 'oversight.noAgency')}</p>
              ) : (
                <Ranking
                  agencies={agencies}
                  isFiltered={words !== ''}
                  chosen={chosen}
                  onChoose={({ code }) => setChosen(code)}
                />
              )}
            </div>
            <div className={styles.side}>
              {agency ? (
                <AgencyDeliveries
                  key={`${agency.code} ${period.from} ${period.to}`}
                  agency={agency}
                  period={period}
                  onClose={() => setChosen(null)}
                />
              ) : null}
              <WeeksChart weeks={shown.weeks} />
              <OpeningChart openedWithin={shown.openedWithin} notOpened={shown.totals.received - shown.totals.opened} />
              <Urgencies urgencies={shown.urgencies} />
              <StepTimesTable title={t('oversight.times.titleAll')} after={shown.totals.after} />
            </div>
          </div>
        </>
      ) : null}
    </ScreenFrame>
  );
}

interface ReportButtonsProps {
  readonly figures: Figures;
  readonly period: Period;
  /** The figures are those of this period, and the exchange can be asked. */
  readonly isCurrent: boolean;
}

/** The figures of the period for Excel, and for print. */
function ReportButtons({ figures, period, isCurrent }: ReportButtonsProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const office = useCall('office.identity', {}).data?.agency?.name ?? '';
  const workbook = useCommand('oversight.workbook');
  const { save, ...saving } = useSaveMade();
  const savePrint = useCommand('files.savePrint');
  const { print, paper } = usePrint();
  const failure = workbook.failure ?? saving.failure ?? savePrint.failure;
  const done = (saved: boolean): void => {
    if (saved) notify({ tone: 'good', text: t('oversight.saved') });
  };
  const saveWorkbook = async (): Promise<void> => done(await save(await workbook.run({ ...period })));
  const saveReport = async (): Promise<void> => {
    const name = `${t('oversight.report.fileName')}-${period.from}-${addDays(period.to, -1)}.pdf`;
    const saved = await print(<ReportPage {...{ office, period, figures, madeAt: new Date().toISOString() }} />, () =>
      savePrint.run({ suggestedName: name }),
    );
    done(saved.ok && saved.value.saved);
  };
  return (
    <>
      <Button disabled={!isCurrent} busy={workbook.busy || saving.busy} onClick={() => void saveWorkbook()}>
        {t('oversight.excel')}
      </Button>
      <Button disabled={!isCurrent} busy={savePrint.busy} onClick={() => void saveReport()}>
        {t('oversight.pdf')}
      </Button>
      {failure === null ? null : <ErrorNote failure={failure} />}
      {paper}
    </>
  );
}

type Figures = CallOutput<'oversight.figures'>;

/** Nothing was sent or received, on paper or not. */
const isEmpty = ({ totals }: Figures): boolean => totals.received === 0 && totals.sent === 0 && totals.paperOnly === 0;

/** Few figures, each with its change in words. */
function Totals({ figures: { totals, before, agencies } }: { readonly figures: Figures }) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const points = (now: number, then: number): string =>
    Number.isFinite(now - then) ? t('oversight.points', { points: signed((now - then) * 100, locale) }) : '';
  const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${percentOf(part, whole, locale)} %`);
  const unreachable = agencies.filter(({ isUnreachable }) => isUnreachable).length;
  const tiles = [
    {
      id: 'received',
      value: formatNumber(totals.received, locale),
      change: change(totals.received, before.received, locale),
    },
    {
      id: 'onTimeShare',
      value: share(totals.onTime, totals.received),
      change: points(totals.onTime / totals.received, before.onTime / before.received),
    },
    {
      id: 'median',
      value: inHours(t, totals.after.opened.medianWorking),
      change: t('oversight.was', { value: inHours(t, before.after.opened.medianWorking) }),
    },
    {
      id: 'expressLate',
      value: formatNumber(totals.expressOpenedLate, locale),
      change: t('oversight.ofExpress', { count: totals.expressReceived, was: before.expressOpenedLate }),
      isBad: totals.expressOpenedLate > 0,
    },
    {
      id: 'finishedInTime',
      value: `${percentOf(totals.finishedInTime, totals.due, locale)} %`,
      change: [
        t('oversight.ofDue', { count: totals.due }),
        points(totals.finishedInTime / totals.due, before.finishedInTime / before.due),
      ]
        .filter((part) => part !== '')
        .join(' · '),
    },
    {
      id: 'withoutPaper',
      value: share(totals.withoutPaper, totals.sent),
      change: points(totals.withoutPaper / totals.sent, before.withoutPaper / before.sent),
    },
    { id: 'unreachable', value: formatNumber(unreachable, locale), change: t('oversight.notLate') },
  ] as const;
  return (
    <dl className={styles.totals}>
      {tiles.map((tile) => (
        <div key={tile.id}>
          <dt>{t(`oversight.totals.${tile.id}`)}</dt>
          <dd className={'isBad' in tile && tile.isBad ? styles.bad : undefined}>{tile.value}</dd>
          <dd className={styles.change}>{tile.change}</dd>
        </div>
      ))}
    </dl>
  );
}

function Urgencies({ urgencies }: Pick<Figures, 'urgencies'>) {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.urgencies}>
      <h2>{t('oversight.byUrgency')}</h2>
      <dl>
        {urgencies
          .filter(({ received }) => received > 0)
          .map(({ urgency, received, onTime }) => (
            <div key={urgency}>
              <dt>{t(`common.urgency.${urgency}`)}</dt>
              <dd>
                {percentOf(onTime, received, i18n.language)} % / {formatNumber(received, i18n.language)}
              </dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
