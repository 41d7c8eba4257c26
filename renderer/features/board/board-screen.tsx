import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardHolder, BoardLine } from '#shared/contract/board.ts';
import type { IncomingBox } from '#shared/domain/incoming-state.ts';
import { formatVnDate, mondayOfWeek, vietnamDay } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { ScreenFrame } from '../../components/screen-frame.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { HiddenText } from '../access/hidden-text.tsx';
import { PrintPanel } from '../books/print-panel.tsx';
import styles from './board.module.css';

interface BoardScreenProps {
  readonly onBox: (box: IncomingBox) => void;
  readonly onOpen: (box: IncomingBox, id: string) => void;
  readonly onStuck: () => void;
  /** A letter to be signed, or with null all of them. */
  readonly onSign: (id: string | null) => void;
}

const REFRESH_MS = 60_000;
const DAY_MS = 86_400_000;

/** "Hôm nay": what presses, who has it, and how the week goes. */
export function BoardScreen({ onBox, onOpen, onStuck, onSign }: BoardScreenProps) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const day = vietnamDay(now);
  // Deadlines pass without an event.
  const today = useCall('board.today', {}, { again: () => REFRESH_MS });
  const { data } = today;
  const [printing, setPrinting] = useState(false);
  // In the panel the same key prints.
  useShortcut('Ctrl+P', () => setPrinting(true), !printing);
  const number = (value: number): string => formatNumber(value, i18n.language);
  const figures: readonly [keyof typeof figureBoxes, number][] =
    data === undefined
      ? []
      : [
          ['opinions', data.opinions],
          ['express', data.express],
          ['dueToday', data.dueToday],
          ['overdue', data.overdue],
          ['waitingForPaper', data.waitingForPaper],
        ];
  const arrival = (line: BoardLine): string =>
    line.arrivalNumber === null ? line.codeText : t('board.arrival', { number: number(line.arrivalNumber) });
  const late = (line: BoardLine): string => {
    const days = line.at === null ? 0 : Math.floor((now - Date.parse(line.at)) / DAY_MS);
    return days < 1 ? t('board.hours') : t('board.days', { count: days });
  };
  return (
    <ScreenFrame
      title={t('board.title')}
      beside={
        <>
          <span>{formatVnDate(day)}</span>
          <span className={styles.print}>
            <Button kbd="Ctrl+P" aria-pressed={printing} onClick={() => setPrinting(!printing)}>
              {t('board.print')}
            </Button>
          </span>
        </>
      }
    >
      {today.error !== null && <ErrorNote failure={today.error} />}
      <div className={styles.beside}>
        {data !== undefined && (
          <div className={styles.board}>
            <ul className={styles.figures} aria-label={t('board.title')}>
              <li>
                <button type="button" onClick={() => onSign(null)}>
                  <b>{number(data.signatures)}</b>
                  <span>{t('board.signatures')}</span>
                </button>
              </li>
              {figures.map(([name, value]) => (
                <li key={name}>
                  <button
                    type="button"
                    data-urgent={((name === 'express' || name === 'overdue') && value > 0) || undefined}
                    onClick={() => onBox(figureBoxes[name])}
                  >
                    <b>{number(value)}</b>
                    <span>{t(`board.${name}`)}</span>
                  </button>
                </li>
              ))}
              <li>
                <button type="button" data-urgent={data.stuck > 0 || undefined} onClick={onStuck}>
                  <b>{number(data.stuck)}</b>
                  <span>{t('board.stuck')}</span>
                </button>
              </li>
            </ul>
            <div className={styles.halves}>
              <div>
                <Lines
                  title={t('board.signatureTitle')}
                  total={number(data.signatures)}
                  lines={data.signatureLines}
                  first={(line) => line.codeText}
                  last={(line) => (line.at === null ? '' : formatDateTime(line.at))}
                  onOpen={onSign}
                />
                <Lines
                  title={t('board.expressTitle')}
                  total={number(data.express)}
                  lines={data.expressLines}
                  first={arrival}
                  last={(line) => (line.at === null ? '' : formatDateTime(line.at))}
                  onOpen={(id) => onOpen('express', id)}
                />
                <Lines
                  title={t('board.overdueTitle')}
                  total={number(data.overdue)}
                  lines={data.overdueLines}
                  first={late}
                  last={arrival}
                  onOpen={(id) => onOpen('overdue', id)}
                  act={(line) => (line.lead === '' ? null : <Remind line={line} />)}
                />
                <Lines
                  title={t('board.opinionTitle')}
                  total={number(data.opinions)}
                  lines={data.opinionLines}
                  first={arrival}
                  last={(line) => (line.at === null ? '' : formatDateTime(line.at))}
                  onOpen={(id) => onOpen('opinion', id)}
                />
              </div>
              <div>
                <Holders title={t('board.unitsTitle')} header={t('board.unit')} rows={data.units} />
                <Holders title={t('board.peopleTitle')} header={t('board.person')} rows={data.people} />
                <Week monday={mondayOfWeek(day)} />
              </div>
            </div>
          </div>
        )}
        {printing ? <PrintPanel book={null} form="weekly-report" onClose={() => setPrinting(false)} /> : null}
      </div>
    </ScreenFrame>
  );
}

/** Where the documents of a figure are listed. */
const figureBoxes = {
  opinions: 'opinion',
  express: 'express',
  dueToday: 'due',
  overdue: 'overdue',
  waitingForPaper: 'in-progress',
} as const satisfies Readonly<Record<string, IncomingBox>>;

interface LinesProps {
  readonly title: string;
  readonly total: string;
  readonly lines: readonly BoardLine[];
  readonly first: (line: BoardLine) => string;
  readonly last: (line: BoardLine) => string;
  readonly onOpen: (id: string) => void;
  /** What can be done with a line without opening it. */
  readonly act?: (line: BoardLine) => ReactNode;
}

/** Reminds whoever leads. */
function Remind({ line }: { readonly line: BoardLine }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const remind = useCommand('handling.remind');
  const run = async (): Promise<void> => {
    const outcome = await remind.run({ id: line.id });
    notify(
      outcome.ok
        ? { tone: 'good', text: t('board.reminded', { name: outcome.value.name }) }
        : { tone: 'warn', text: describeError(t, outcome.failure).what },
    );
  };
  return (
    <Button
      variant="quiet"
      label={t('board.remindOf', { code: line.codeText })}
      busy={remind.busy}
      onClick={() => void run()}
    >
      {t('board.remind')}
    </Button>
  );
}

function Lines({ title, total, lines, first, last, onOpen, act }: LinesProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={title}>
      <h2>
        {title} <small>{total}</small>
      </h2>
      {lines.length === 0 ? (
        <p>{t('board.nothing')}</p>
      ) : (
        <ul className={styles.lines}>
          {lines.map((line) => (
            <li key={line.id}>
              <button type="button" onClick={() => onOpen(line.id)}>
                <b>{first(line)}</b>
                <span title={line.abstract}>{line.hidden ? <HiddenText /> : line.abstract}</span>
                <small title={line.lead}>{line.lead}</small>
                <small>{last(line)}</small>
              </button>
              {act?.(line)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Holders(props: { readonly title: string; readonly header: string; readonly rows: readonly BoardHolder[] }) {
  const { t, i18n } = useTranslation();
  // What is none is not worth a figure.
  const cell = (value: number): string => (value === 0 ? '' : formatNumber(value, i18n.language));
  const figure = (name: 'express' | 'dueToday' | 'overdue' | 'open'): Column<BoardHolder> => ({
    id: name,
    header: t(`board.columns.${name}`),
    kind: 'number',
    width: '76px',
    cell: (row) => cell(row[name]),
  });
  return (
    <section aria-label={props.title}>
      <h2>
        {props.title} <small>{t('board.holders')}</small>
      </h2>
      {props.rows.length === 0 ? (
        <p>{t('board.noHolders')}</p>
      ) : (
        <Table
          caption={props.title}
          rows={props.rows}
          rowKey={({ id }) => id}
          isBad={({ overdue }) => overdue > 0}
          columns={[
            { id: 'name', header: props.header, cell: ({ name }) => name, wrap: true },
            figure('express'),
            figure('dueToday'),
            figure('overdue'),
            figure('open'),
          ]}
        />
      )}
    </section>
  );
}

const weekFigures = ['received', 'assigned', 'finished', 'inTime', 'late'] as const;

/** The weekly report of handling. */
function Week({ monday }: { readonly monday: string }) {
  const { t, i18n } = useTranslation();
  const { data, error } = useCall('board.week', { monday });
  const title = t('board.weekTitle', { from: formatVnDate(monday) });
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {error !== null && <ErrorNote failure={error} />}
      {data !== undefined && (
        <Table
          caption={title}
          rows={weekFigures}
          rowKey={(name) => name}
          columns={[
            { id: 'name', header: t('board.weekFigure'), cell: (name) => t(`board.week.${name}`) },
            {
              id: 'week',
              header: t('board.weekThis'),
              kind: 'number',
              width: '96px',
              cell: (name) => formatNumber(data.week[name], i18n.language),
            },
            {
              id: 'before',
              header: t('board.weekBefore'),
              kind: 'number',
              width: '96px',
              cell: (name) => formatNumber(data.before[name], i18n.language),
            },
          ]}
        />
      )}
    </section>
  );
}
