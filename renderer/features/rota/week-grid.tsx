import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '#shared/domain/phone-number.ts';
import { Icon } from '../../components/icon.tsx';
import { classNames } from '../../components/class-names.ts';
import { clockOf, nameOf, officerOf, shortDay, weekdayOfDay } from './rota-words.ts';
import { NumberMark } from './number-mark.tsx';
import { useRota, type Selection } from './rota-form.ts';
import { axisHours, headRow, neighbour, weekColumns, type Block, type DayColumn, type RowSpan } from './week.ts';
import styles from './rota.module.css';

const HOUR_MS = 3_600_000;
const arrows = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;

interface WeekGridProps {
  readonly monday: string;
  readonly selection: Selection | null;
}

const percent = (share: number): string => `${share * 100}%`;

/** The duty week: pattern, substitutions over it, gaps; arrow keys go from block to block. */
export function WeekGrid({ monday, selection }: WeekGridProps) {
  const { t } = useTranslation();
  const { rota, now } = useRota();
  const grid = useRef<HTMLDivElement>(null);
  const columns = weekColumns(rota, monday);
  const start = columns[0]?.from ?? 0;

  const walk = (event: KeyboardEvent) => {
    const key = arrows.find((each) => each === event.key);
    const from = Number((event.target as HTMLElement).closest<HTMLElement>('[data-from]')?.dataset['from']);
    if (key === undefined || Number.isNaN(from)) return;
    const next = neighbour(columns, from, key);
    if (next === null) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-from="${next.from}"]`)?.focus();
  };

  return (
    <>
      <div className={styles.days} aria-hidden="true">
        {columns.map(({ day, from, to }) => (
          <div key={day} className={styles.dayName} data-today={(from <= now && now < to) || undefined}>
            <span>{t(`rota.weekdays.${weekdayOfDay(day)}`)}</span>
            <span>{shortDay(day)}</span>
          </div>
        ))}
      </div>
      <div ref={grid} className={styles.grid} role="group" aria-label={t('rota.grid')} onKeyDown={walk}>
        <div className={styles.axis} aria-hidden="true">
          {axisHours.map((hours) => (
            <span key={hours} style={{ top: percent(hours / 24) }}>
              {clockOf(start + hours * HOUR_MS)}
            </span>
          ))}
        </div>
        {columns.map((column) => (
          <Column key={column.day} column={column} selection={selection} />
        ))}
      </div>
      <HeadRow monday={monday} selection={selection} />
      <AboveRow />
    </>
  );
}

function Column({ column, selection }: { readonly column: DayColumn; readonly selection: Selection | null }) {
  const { t } = useTranslation();
  const { now } = useRota();
  const { day, from, to, blocks } = column;
  return (
    <div
      className={styles.column}
      role="group"
      aria-label={`${t(`rota.weekdayNames.${weekdayOfDay(day)}`)} ${shortDay(day)}`}
    >
      {blocks.map((block) => (
        <BlockButton key={block.from} block={block} selected={isSelected(selection, block, false)} />
      ))}
      {from <= now && now < to ? (
        <span className={styles.now} title={t('rota.now')} style={{ top: percent((now - from) / (to - from)) }} />
      ) : null}
    </div>
  );
}

function isSelected(selection: Selection | null, span: Block | RowSpan, ofHead: boolean): boolean {
  if (selection?.kind === 'substitution') return span.substitutionId === selection.id;
  return selection?.kind === 'span' && selection.ofHead === ofHead && selection.from === span.from;
}

function BlockButton({ block, selected }: { readonly block: Block; readonly selected: boolean }) {
  const { t } = useTranslation();
  const { rota, select } = useRota();
  const officer = officerOf(rota, block.officerId);
  const name = nameOf(t, rota, block.officerId) ?? t('rota.nobody');
  const times = `${clockOf(block.from)}–${clockOf(block.to)}`;
  const replaced =
    block.replaces.length > 1
      ? t('rota.replacesMany', { count: block.replaces.length })
      : block.replaces.map((id) => t('rota.replaces', { name: nameOf(t, rota, id) }))[0];
  return (
    <button
      type="button"
      data-from={block.from}
      className={classNames(styles.block, styles[block.source])}
      style={{ top: percent(block.top), height: percent(block.height) }}
      aria-pressed={selected}
      title={`${name} ${times}`}
      onClick={() =>
        select(
          block.substitutionId === null
            ? { kind: 'span', from: block.from, to: block.to, ofHead: false }
            : { kind: 'substitution', id: block.substitutionId },
        )
      }
    >
      <span className={styles.who}>{name}</span>
      <span className={styles.times}>{times}</span>
      {block.officerId === null ? null : <NumberMark officer={officer} />}
      {replaced === undefined ? null : <span className={styles.replaced}>{replaced}</span>}
    </button>
  );
}

function HeadRow({ monday, selection }: WeekGridProps) {
  const { t } = useTranslation();
  const { rota, select } = useRota();
  return (
    <div className={styles.row}>
      <span className={styles.rowName}>{t('rota.next')}</span>
      <div className={styles.bars}>
        {headRow(rota, monday).map((span) => {
          const officer = officerOf(rota, span.officerId);
          const name = nameOf(t, rota, span.officerId);
          const replaced = span.replaces.map((id) => t('rota.replaces', { name: nameOf(t, rota, id) }));
          const details = [
            ...(replaced.length > 0 ? replaced : officer?.title ? [officer.title] : []),
            ...(officer?.phone ? [formatPhone(officer.phone)] : []),
          ].join(' · ');
          return (
            <button
              key={span.from}
              type="button"
              className={classNames(styles.bar, styles[span.source])}
              style={{ left: percent(span.left), width: percent(span.width) }}
              aria-pressed={isSelected(selection, span, true)}
              title={name === null ? t('rota.noHead') : `${name} ${details}`}
              onClick={() =>
                select(
                  span.substitutionId === null
                    ? name === null
                      ? { kind: 'office' }
                      : { kind: 'span', from: span.from, to: span.to, ofHead: true }
                    : { kind: 'substitution', id: span.substitutionId },
                )
              }
            >
              {name === null ? (
                <span className={styles.who}>{t('rota.noHead')}</span>
              ) : (
                <>
                  <NumberDot ok={officer?.phoneVerifiedAt != null} />
                  <span className={styles.who}>{name}</span>
                  <span className={styles.barNote}>{details}</span>
                </>
              )}
            </button>
          );
        })}
      </div>
    </div>
  );
}

function AboveRow() {
  const { t } = useTranslation();
  const { duty } = useRota();
  const name = duty.supervisor?.name ?? '';
  return (
    <div className={styles.row}>
      <span className={styles.rowName}>{t('rota.above')}</span>
      <div className={styles.bars}>
        <div
          className={classNames(styles.bar, duty.hasSupervisor && styles.pattern, styles.whole)}
          title={duty.supervisor === null ? undefined : name}
        >
          {duty.hasSupervisor && duty.supervisor ? (
            <>
              <NumberDot ok />
              <span className={styles.who}>{t('rota.aboveThere', { name })}</span>
              <span className={styles.barNote}>{t('rota.aboveNote')}</span>
            </>
          ) : (
            <span className={styles.barNote}>
              {duty.supervisor === null ? t('rota.aboveNone') : t('rota.aboveMissing', { name })}
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

function NumberDot({ ok }: { readonly ok: boolean }) {
  return (
    <span className={styles.mark} data-state={ok ? 'verified' : 'unverified'}>
      <Icon name={ok ? 'check' : 'warning'} size={13} />
    </span>
  );
}
