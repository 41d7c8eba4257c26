import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptDuty } from '#shared/domain/duty.ts';
import { addDays } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Tag } from '../../components/tag.tsx';
import { useMedia } from '../../components/use-media.ts';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { useStoredForm, type FormHandle } from '../forms/form-store.ts';
import { foldedQuery } from '../list/box-title.tsx';
import { ComingFaults } from './coming-faults.tsx';
import { Panel } from './panel.tsx';
import { draftFaults, hoursOf, rotaOf, sameDraft, type RotaDraft } from './rota-draft.ts';
import {
  formOf,
  isChanged,
  laidOver,
  ROTA_FORM,
  RotaContext,
  rotaForms,
  selectionOf,
  shownFault,
  useRota,
  type RotaContextValue,
  type RotaForm,
  type Selection,
} from './rota-form.ts';
import { shortDay } from './rota-words.ts';
import { WeekGrid } from './week-grid.tsx';
import { dutyDayStart, mondayOf, weekNumber } from './week.ts';
import styles from './rota.module.css';

const DAY_MS = 86_400_000;

/** Lịch trực: who is told of express documents. */
export function RotaScreen({ onConnect }: { readonly onConnect: () => void }) {
  const { t } = useTranslation();
  const asked = useCall('duty.get', {});
  const line = useCall('exchange.line', {}).data?.state;
  const kept = asked.data?.kept ?? null;
  const handle = useStoredForm(rotaForms, ROTA_FORM);
  const { form, start } = handle;
  useEffect(() => {
    // What nobody has changed here follows what the exchange has.
    if (kept !== null && (form === null || (!isChanged(form) && !sameDraft(formOf(kept.duty), form)))) {
      start(formOf(kept.duty));
    }
  }, [kept, form, start]);
  const enrolled = line !== 'not-enrolled';
  return (
    <section className={styles.screen} aria-label={t('frame.rota')}>
      {kept !== null && form !== null ? (
        <Editor kept={kept} form={form} handle={handle} offline={line === 'offline' || !enrolled} />
      ) : (
        <div className={styles.side}>
          <div className={styles.head}>
            <h1>{t('frame.rota')}</h1>
          </div>
          {asked.error ? <ErrorNote failure={asked.error} onRetry={() => void asked.refetch()} /> : null}
          {asked.data && line !== undefined ? (
            <EmptyState
              icon="duty"
              title={t('rota.empty.title')}
              text={t(enrolled ? 'rota.empty.notRead' : 'rota.empty.notEnrolled')}
            >
              {enrolled ? null : <Button onClick={onConnect}>{t('rota.empty.connect')}</Button>}
            </EmptyState>
          ) : null}
        </div>
      )}
    </section>
  );
}

interface EditorProps {
  readonly kept: KeptDuty;
  readonly form: RotaForm;
  readonly handle: FormHandle<RotaForm>;
  readonly offline: boolean;
}

function Editor({ kept: { duty, readAt }, form, handle, offline }: EditorProps) {
  const { t } = useTranslation();
  const now = useNow();
  const notify = useNotify();
  const save = useCommand('duty.save');
  const saveHours = useCommand('duty.saveHours');
  const folded = useMedia(foldedQuery);
  const [monday, setMonday] = useState(() => mondayOf(now));
  const [selection, setSelection] = useState<Selection | null>(null);
  const [codeFor, setCodeFor] = useState<string | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const draft = form.mine;
  const { change: changeForm, start } = handle;

  const rota = useMemo(() => rotaOf(draft, duty.rota), [draft, duty.rota]);
  const savedIds = useMemo(() => new Set(form.base.substitutions.map(({ id }) => id)), [form.base]);
  const faults = useMemo(() => draftFaults(draft, savedIds, now), [draft, savedIds, now]);
  const changed = isChanged(form);
  const overtaken = changed && form.version !== duty.version;

  const change = useCallback(
    (update: (old: RotaDraft) => RotaDraft) => changeForm((old) => ({ ...old, mine: update(old.mine) })),
    [changeForm],
  );
  const select = useCallback((next: Selection | null) => {
    setSelection(next);
    setCodeFor(null);
  }, []);
  const substitute = useCallback(
    (from: number, to: number, ofHead = false) => {
      const id = crypto.randomUUID();
      const [start_, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
      const fresh = { id, ofHead, from: start_, to: end, officerId: '', reason: '' };
      change((old) => ({ ...old, substitutions: [...old.substitutions, fresh] }));
      select({ kind: 'substitution', id });
    },
    [change, select],
  );
  const context: RotaContextValue = {
    draft,
    rota,
    duty,
    now,
    change,
    select,
    substitute,
    faultOf: (field) => shownFault(faults, field, (name) => tried || left.has(name)),
    leave: (field) => setLeft((old) => (old.has(field) ? old : new Set([...old, field]))),
  };

  const keep = async () => {
    if (!changed || overtaken) return;
    setTried(true);
    const [first] = faults.keys();
    if (first !== undefined) {
      select(selectionOf(first));
      notify({ text: t('rota.faulty', { count: faults.size }), tone: 'warn' });
      return;
    }
    const hours = hoursOf(draft);
    let latest = duty;
    if (!sameDraft(rotaOf(form.base, duty.rota), rota)) {
      const outcome = await save.run({ from: form.version, rota });
      if (!outcome.ok) return;
      latest = outcome.value.duty;
    }
    if (!sameDraft(form.base.hours, draft.hours)) {
      const outcome = await saveHours.run({ hours });
      if (!outcome.ok) return;
      latest = outcome.value.duty;
    }
    start(formOf(latest));
    setTried(false);
    setLeft(new Set());
    notify({ text: t('rota.saved'), tone: 'good' });
  };
  useShortcut('Ctrl+S', () => void keep());
  useShortcut('Escape', () => select(null), selection !== null);

  const addSubstitution = () => {
    const from = Math.max(dutyDayStart(monday), dutyDayStart(mondayOf(now)));
    const day = Array.from({ length: 8 }, (_, index) => from + index * DAY_MS).find((at) => at > now) ?? from;
    substitute(day, day + DAY_MS);
  };
  const failure = save.failure ?? saveHours.failure;
  const mark = changed ? <Tag tone="warn">{t('rota.unsaved')}</Tag> : null;
  const isEmpty = draft.officers.length === 0 && draft.shifts.length === 0;

  return (
    <RotaContext value={context}>
      <div className={styles.main}>
        <div className={styles.head}>
          <h1>{t('frame.rota')}</h1>
          <div className={styles.week}>
            <Button icon="chevron-left" label={t('rota.previousWeek')} onClick={() => setMonday(addDays(monday, -7))} />
            <span aria-live="polite">
              {t('rota.week', {
                number: weekNumber(monday),
                from: shortDay(monday),
                to: `${shortDay(addDays(monday, 6))}/${addDays(monday, 6).slice(0, 4)}`,
              })}
            </span>
            <Button icon="chevron-right" label={t('rota.nextWeek')} onClick={() => setMonday(addDays(monday, 7))} />
          </div>
          <Button variant="quiet" onClick={() => setMonday(mondayOf(now))}>
            {t('rota.thisWeek')}
          </Button>
          {folded ? mark : null}
          <div className={styles.headEnd}>
            {folded ? (
              <Button onClick={() => select({ kind: 'officers', officerId: null })}>{t('rota.setUp')}</Button>
            ) : null}
            <Button onClick={addSubstitution} disabled={isEmpty}>
              {t('rota.add')}
            </Button>
            <Button
              variant="main"
              kbd="Ctrl+S"
              busy={save.busy || saveHours.busy}
              disabled={!changed || overtaken}
              onClick={() => void keep()}
            >
              {t('rota.save')}
            </Button>
          </div>
        </div>
        {offline ? <p className={styles.strip}>{t('rota.offline', { when: formatDateTime(readAt) })}</p> : null}
        {overtaken ? (
          <div role="alert" className={styles.strip}>
            <p>
              <strong>{t('rota.changed.title', { when: formatDateTime(duty.changedAt ?? readAt) })}</strong>{' '}
              {t('rota.changed.text')}
            </p>
            <Button onClick={() => start(laidOver(form, duty))}>{t('rota.changed.keep')}</Button>
            <Button variant="quiet" onClick={() => start(formOf(duty))}>
              {t('rota.changed.drop')}
            </Button>
          </div>
        ) : failure !== null && failure.code !== 'DUTY_CHANGED' ? (
          <ErrorNote failure={failure} />
        ) : null}
        {isEmpty ? (
          <EmptyState icon="duty" title={t('rota.empty.title')} text={t('rota.empty.text')}>
            <FirstOfficer />
          </EmptyState>
        ) : (
          <>
            <ComingFaults
              onShow={(at) => setMonday(mondayOf(at))}
              onSendCode={(officerId) => {
                setSelection({ kind: 'officers', officerId });
                setCodeFor(officerId);
              }}
            />
            <WeekGrid monday={monday} selection={selection} />
            <Legend />
          </>
        )}
      </div>
      {folded && selection === null ? null : (
        <Panel selection={selection} codeFor={codeFor} mark={folded ? null : mark} folded={folded} />
      )}
    </RotaContext>
  );
}

function FirstOfficer() {
  const { t } = useTranslation();
  const { change, select } = useRota();
  const add = () => {
    const id = crypto.randomUUID();
    change((old) => ({ ...old, officers: [{ id, name: '', title: '', phone: '', email: '' }] }));
    select({ kind: 'officers', officerId: id });
  };
  return (
    <Button variant="main" onClick={add}>
      {t('rota.empty.start')}
    </Button>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <div className={styles.legend}>
      {(['pattern', 'substitution', 'gap'] as const).map((kind) => (
        <span key={kind}>
          <i className={styles[kind]} aria-hidden="true" />
          {t(`rota.legend.${kind}`)}
        </span>
      ))}
      <span className={styles.legendEnd}>{t('rota.legend.day')}</span>
    </div>
  );
}
