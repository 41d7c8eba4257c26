import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Book } from '#shared/contract/books.ts';
import type { CallInput, CallOutput } from '#shared/contract/contract.ts';
import { formNames, isBookForm, type FormName } from '#shared/domain/printed-forms.ts';
import { addDays, mondayOfWeek, vietnamDay } from '#shared/domain/vn-date.ts';
import { useCommand } from '../../api/use-command.ts';
import { useSaveMade } from '../../api/use-save-made.ts';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { DateField } from '../../components/date-field.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { PageView } from '../../components/page-view/page-view.tsx';
import { MOST_PAGES, usePrintPages } from '../../components/page-view/use-print-pages.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { RadioGroup } from '../../components/radio-group.tsx';
import { TitleBar } from '../../components/screen-frame.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { useNow } from '../../i18n/use-now.ts';
import styles from './print-panel.module.css';

interface PrintPanelProps {
  /** The register that is open; null where forms alone are printed, those of this year. */
  readonly book: Book | null;
  /** What is shown first. */
  readonly form?: FormName;
  readonly onClose: () => void;
}

type Part = 'year' | 'month' | 'week' | 'last-week' | 'numbers' | 'days';
type Form = FormName | 'book';

interface Choice {
  readonly form: Form;
  readonly part: Part;
  readonly from: string;
  readonly to: string;
  readonly fromDay: string | null;
  readonly toDay: string | null;
  readonly volume: string;
  readonly cover: boolean;
  readonly pageSums: boolean;
  readonly runningSums: boolean;
  readonly signatures: boolean;
}

const reportBoxes = ['signatures'] as const;
const bookBoxes = ['cover', 'pageSums', 'runningSums', ...reportBoxes] as const;

const firstPart = (form: Form): Part => (form === 'book' ? 'year' : form === 'weekly-report' ? 'week' : 'month');

/** Typing is over, and boxes are ticked, before a book of thousands of rows is made again. */
const SETTLE_MS = 400;

/** What is printed, as it will lie on the paper, with the printer one key away. */
export function PrintPanel({ book, form, onClose }: PrintPanelProps) {
  const { t } = useTranslation();
  const today = vietnamDay(useNow());
  const [choice, setChoice] = useState<Choice>({
    form: form ?? 'book',
    part: form === undefined ? 'year' : firstPart(form),
    from: '',
    to: '',
    fromDay: null,
    toDay: null,
    volume: '',
    cover: true,
    pageSums: true,
    runningSums: true,
    signatures: true,
  });
  const thisYear = Number(today.slice(0, 4));
  const year = book?.year ?? thisYear;
  const isThisYear = year === thisYear;
  const change = (changed: Partial<Choice>): void => setChoice((before) => ({ ...before, ...changed }));
  // A report is a few sheets: no volume, no cover, and its sums are its last row.
  const isBound = choice.form === 'book' || isBookForm(choice.form);
  const asked = useMemo(() => askedOf(choice, book, year, today), [choice, book, year, today]);
  const { made, busy, failure } = usePreview(asked);
  const printing = usePrintPages();
  const notify = useNotify();
  const { save, ...saving } = useSaveMade();
  const workbook = useWorkbook(asked);
  const isTooLong = made !== null && made.pages > MOST_PAGES;
  const print = (): void => {
    if (made !== null && !busy) void printing.print(made.file.fileId, null);
  };
  const done = (saved: boolean): void => {
    if (saved) notify({ tone: 'good', text: t('books.saved') });
  };
  const savePdf = async (): Promise<void> => {
    if (made !== null) done(await save({ ok: true, value: made }));
  };
  const saveExcel = async (): Promise<void> => done(await save(await workbook.run()));
  useShortcut('Ctrl+P', print);
  useShortcut('Escape', onClose);

  return (
    <aside className={styles.panel} aria-label={t('books.print.title')}>
      <TitleBar>
        <h2>{t('books.print.title')}</h2>
        <span className={styles.close}>
          <Button variant="quiet" icon="close" label={t('books.print.close')} onClick={onClose} />
        </span>
      </TitleBar>
      <div className={styles.choices}>
        <div className={styles.head}>
          <Select
            label={t('books.print.form')}
            value={choice.form}
            options={(book === null ? formNames : (['book', ...formNames] as const)).map((each) => ({
              value: each,
              label: t(`books.print.forms.${each}`),
            }))}
            onChange={(chosen) => change({ form: chosen, part: firstPart(chosen) })}
          />
          {isBound ? (
            <TextField
              label={t('books.print.volume')}
              value={choice.volume}
              onChange={(volume) => change({ volume })}
              maxLength={20}
            />
          ) : null}
        </div>
        <div className={styles.parts}>
          <PartChoice choice={choice} year={year} isThisYear={isThisYear} change={change} />
        </div>
        <div className={styles.boxes}>
          {(isBound ? bookBoxes : reportBoxes).map((name) => (
            <CheckBox
              key={name}
              label={t(`books.print.${name}`)}
              checked={choice[name]}
              disabled={name === 'runningSums' && !choice.pageSums}
              onChange={(checked) => change({ [name]: checked })}
            />
          ))}
        </div>
      </div>
      {failure ? <ErrorNote failure={failure} /> : null}
      {printing.paper}
      {asked === null ? <p className={styles.hint}>{t('books.print.choose')}</p> : null}
      {busy ? <ProgressLine label={t('books.print.making')} /> : null}
      {made === null ? (
        <div className={styles.empty} />
      ) : (
        <PageView fileId={made.file.fileId} fileName={made.file.name} />
      )}
      <footer className={styles.foot}>
        {made === null ? null : (
          <p className={styles.hint}>{isTooLong ? t('books.print.tooLong', { most: MOST_PAGES }) : made.said(t)}</p>
        )}
        <div className={styles.actions}>
          <Button
            variant="main"
            kbd="Ctrl+P"
            disabled={made === null || busy || isTooLong}
            busy={printing.busy}
            onClick={print}
          >
            {made === null ? t('books.print.print') : t('books.print.printPages', { count: made.pages })}
          </Button>
          <Button disabled={made === null || busy} busy={saving.busy} onClick={() => void savePdf()}>
            {t('books.print.save')}
          </Button>
          <Button disabled={asked === null} busy={workbook.busy} onClick={() => void saveExcel()}>
            {t('books.excel')}
          </Button>
        </div>
        {saving.failure ? <ErrorNote failure={saving.failure} /> : null}
        {workbook.failure ? <ErrorNote failure={workbook.failure} /> : null}
      </footer>
    </aside>
  );
}

interface PartChoiceProps {
  readonly choice: Choice;
  readonly year: number;
  readonly isThisYear: boolean;
  readonly change: (changed: Partial<Choice>) => void;
}

function PartChoice({ choice, year, isThisYear, change }: PartChoiceProps) {
  const { t } = useTranslation();
  const numbers: ReactNode = (
    <div className={styles.pair}>
      <TextField
        label={t('books.print.from')}
        value={choice.from}
        onChange={(from) => change({ from })}
        maxLength={7}
      />
      <TextField label={t('books.print.to')} value={choice.to} onChange={(to) => change({ to })} maxLength={7} />
    </div>
  );
  const days: ReactNode = (
    <div className={styles.pair}>
      <DateField label={t('books.print.fromDay')} value={choice.fromDay} onChange={(fromDay) => change({ fromDay })} />
      <DateField label={t('books.print.toDay')} value={choice.toDay} onChange={(toDay) => change({ toDay })} />
    </div>
  );
  const parts: readonly Part[] =
    choice.form === 'book'
      ? ['year', 'month', 'numbers', 'days']
      : [...(isThisYear ? (['week', 'last-week'] as const) : []), 'month', 'year', 'days'];
  return (
    <>
      <RadioGroup
        legend={t('books.print.part')}
        value={choice.part}
        onChange={(part: Part) => change({ part })}
        options={parts.map((part) => ({
          value: part,
          label: t(`books.print.parts.${part}`, { year }),
        }))}
      />
      {choice.part === 'numbers' ? numbers : null}
      {choice.part === 'days' ? days : null}
    </>
  );
}

type BookInput = Omit<CallInput<'books.print'>, 'commandId'>;
type FormInput = Omit<CallInput<'printing.form'>, 'commandId' | 'format'>;
type Asked =
  { readonly kind: 'book'; readonly input: BookInput } | { readonly kind: 'form'; readonly input: FormInput };

/** What is asked of core; null while a range is not yet typed. */
function askedOf(choice: Choice, book: Book | null, year: number, today: string): Asked | null {
  const { form, part, volume, cover, pageSums, runningSums, signatures } = choice;
  const look = { volume, cover, pageSums, runningSums, signatures };
  const days = daysOf(choice, year, today);
  if (form !== 'book') return days === null ? null : { kind: 'form', input: { form, ...days, ...look } };
  if (book === null) return null;
  const target = { bookId: book.id, year: book.year, ...look };
  if (part === 'year') return { kind: 'book', input: target };
  if (part !== 'numbers') return days === null ? null : { kind: 'book', input: { ...target, ...days } };
  const [from, to] = [wholeOf(choice.from), wholeOf(choice.to)];
  if (from === null && to === null) return null;
  return {
    kind: 'book',
    input: { ...target, ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) },
  };
}

function daysOf({ part, fromDay, toDay }: Choice, year: number, today: string) {
  if (part === 'year') return { fromDay: `${year}-01-01`, toDay: `${year}-12-31` };
  if (part === 'days') return fromDay === null || toDay === null ? null : { fromDay, toDay };
  if (part === 'week' || part === 'last-week') {
    const monday = addDays(mondayOfWeek(today), part === 'week' ? 0 : -7);
    return { fromDay: monday, toDay: addDays(monday, 6) };
  }
  // Of an earlier year, its last month.
  const month = today.startsWith(String(year)) ? today.slice(0, 7) : `${year}-12`;
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  return { fromDay: `${month}-01`, toDay: `${month}-${last}` };
}

const wholeOf = (text: string): number | null => (/^[1-9]\d{0,6}$/u.test(text.trim()) ? Number(text.trim()) : null);

interface Made {
  readonly file: CallOutput<'books.print'>['file'];
  readonly pages: number;
  readonly said: (t: TFunction) => string;
}

/** The PDF of what is asked, made anew when that changes. */
function usePreview(asked: Asked | null) {
  const bookPrint = useCommand('books.print');
  const formPrint = useCommand('printing.form');
  const settled = useSettled(asked, SETTLE_MS);
  const [shown, setShown] = useState<Made | null>(null);
  const [runBook, runForm] = [bookPrint.run, formPrint.run];
  useEffect(() => {
    if (settled === null) return undefined;
    let gone = false;
    const make = async (): Promise<Made | null> => {
      if (settled.kind === 'book') {
        const outcome = await runBook(settled.input);
        if (!outcome.ok) return null;
        const { file, pages, numbers, first, last } = outcome.value;
        return { file, pages, said: (t) => t('books.print.numbers', { count: numbers, first, last }) };
      }
      const outcome = await runForm({ ...settled.input, format: 'pdf' });
      if (!outcome.ok) return null;
      const { file, pages, rows } = outcome.value;
      return { file, pages: pages ?? 0, said: (t) => t('books.print.rows', { count: rows }) };
    };
    void make().then((made) => {
      if (!gone) setShown(made);
    });
    return () => {
      gone = true;
    };
  }, [settled, runBook, runForm]);
  const failure = (settled?.kind === 'book' ? bookPrint : formPrint).failure;
  return {
    made: asked === null ? null : shown,
    busy: bookPrint.busy || formPrint.busy || asked !== settled,
    failure: asked === null ? null : failure,
  };
}

function useWorkbook(asked: Asked | null) {
  const book = useCommand('books.workbook');
  const form = useCommand('printing.form');
  const run = async () => {
    if (asked === null) return { ok: false } as const;
    if (asked.kind === 'form') return form.run({ ...asked.input, format: 'xlsx' });
    const { bookId, year, from, to, fromDay, toDay } = asked.input;
    return book.run({
      bookId,
      year,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(fromDay === undefined ? {} : { fromDay }),
      ...(toDay === undefined ? {} : { toDay }),
    });
  };
  return { run, busy: book.busy || form.busy, failure: book.failure ?? form.failure };
}
