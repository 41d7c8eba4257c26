import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { HandlingChoice } from '#shared/contract/handling.ts';
import { type AssignmentPart, assignmentParts } from '#shared/domain/handling.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ComboBox, type ChoosingKeys } from '../../components/combo-box.tsx';
import { DateTimeField } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Field } from '../../components/field.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextArea } from '../../components/text-field.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import { formatDeadline, formatNumber } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { type Assignees, choiceKey, matchingChoices, partOfKeys, withAssignee } from './assignees.ts';
import { useKeptForm } from '../forms/use-kept-form.ts';
import styles from './handling.module.css';

interface AssignDialogProps {
  /** One document, or several that go to the same. */
  readonly documents: readonly { readonly id: string; readonly revision: number; readonly codeText: string }[];
  /** Of the first: whom its documents went to before stands first. */
  readonly agencyName: string;
  /** Who has it now. */
  readonly now: Assignees;
  readonly dueAt: string | null;
  /** Somebody on the exchange is told. */
  readonly tells: boolean;
  readonly onClose: () => void;
}

/** What can be chosen: one unit or person, or all that got it last time. */
type Item =
  { readonly key: 'last'; readonly all: Assignees } | { readonly key: string; readonly choice: HandlingChoice };

const SHOWN = 40;

/** "Chuyển xử lý…": who leads, who helps, who is informed; with a deadline and a word. */
export function AssignDialog({ documents, agencyName, now: present, dueAt, tells, onClose }: AssignDialogProps) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const notify = useNotify();
  const assign = useCommand('handling.assign');
  const asked = useCall('handling.choices', { agencyName });
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Assignees>(present);
  const [due, setDue] = useState<string | null>(dueAt);
  const [dueIsValid, setDueIsValid] = useState(true);
  const [first] = documents;
  const { values, change, forget, endsForm } = useKeptForm('assign', first?.id ?? '', { note: '' });
  const { note } = values;

  const choices = asked.data?.choices ?? [];
  const last = asked.data?.last ?? [];
  const nameOf = ({ kind, id }: Assignees[number]): string =>
    choices.find((choice) => choice.kind === kind && choice.id === id)?.name ?? '';
  const found = matchingChoices(choices, text).slice(0, SHOWN);
  const itemsOf = (which: (choice: HandlingChoice) => boolean): readonly Item[] =>
    found.filter(which).map((choice) => ({ key: choiceKey(choice), choice }));
  const groups = [
    ...(last.length > 0 && text === '' && chosen.length === 0
      ? [{ id: 'last', title: t('handling.assign.last'), items: [{ key: 'last', all: last } as Item] }]
      : []),
    { id: 'leaders', title: t('handling.assign.leaders'), items: itemsOf(({ isLeader }) => isLeader) },
    { id: 'units', title: t('handling.assign.units'), items: itemsOf(({ kind }) => kind === 'unit') },
    {
      id: 'people',
      title: t('handling.assign.people'),
      items: itemsOf(({ kind, isLeader }) => kind === 'person' && !isLeader),
    },
  ].filter(({ items }) => items.length > 0);

  const choose = (item: Item, keys: ChoosingKeys): void => {
    if ('all' in item) setChosen(item.all);
    else {
      const { kind, id } = item.choice;
      setChosen(withAssignee(chosen, { part: partOfKeys(keys), kind, id }));
    }
    setText('');
    input.current?.focus();
  };
  const setPart = (one: Assignees[number], part: AssignmentPart): void =>
    setChosen(
      part === 'lead'
        ? withAssignee(chosen, { ...one, part })
        : chosen.map((each) => (each === one ? { ...each, part } : each)),
    );

  const leads = chosen.filter(({ part }) => part === 'lead');
  const run = async (): Promise<void> => {
    const [lead] = leads;
    const outcome = await assign.run({
      documents: documents.map(({ id, revision }) => ({ id, revision })),
      assignees: [...chosen],
      dueAt: due,
      note,
      endsForm,
    });
    if (!outcome.ok || lead === undefined) return;
    forget();
    notify(wordsOfOutcome(t, outcome.value.answers, first?.codeText ?? '', nameOf(lead)));
    onClose();
  };

  return (
    <Dialog
      width="wide"
      title={
        documents.length === 1
          ? t('handling.assign.titleOne', { code: first?.codeText ?? '' })
          : t('handling.assign.title', { count: documents.length })
      }
      consequence={tells ? t('handling.assign.tells') : undefined}
      action={{
        label: t('handling.assign.action'),
        run: () => void run(),
        busy: assign.busy,
        disabled: leads.length !== 1 || !dueIsValid || (due !== null && Date.parse(due) <= now),
      }}
      onClose={onClose}
    >
      <Field label={t('handling.assign.who')} wide>
        {(wiring) => (
          <div>
            <ComboBox
              text={text}
              onText={setText}
              // It is what the dialog is for: it stays while the focus is elsewhere.
              open={asked.data !== undefined}
              onOpen={() => undefined}
              groups={groups}
              itemId={({ key }) => key}
              itemText={(item) => ('all' in item ? t('handling.assign.last') : item.choice.name)}
              renderItem={(item) =>
                'all' in item ? (
                  <LastChoice all={item.all} nameOf={nameOf} />
                ) : (
                  <Choice choice={item.choice} language={i18n.language} />
                )
              }
              onChoose={choose}
              choosesWithAlt
              listLabel={t('handling.assign.list')}
              marksFirst
              autoFocus
              foot={found.length === 0 ? <p role="status">{t('handling.assign.nobodyFound')}</p> : null}
              place="below"
              optionClassName={styles.choice}
              inputRef={input}
              input={{ ...wiring, placeholder: t('handling.assign.whoHint') }}
            />
            <p className={styles.keys} aria-hidden="true">
              <kbd>↵</kbd> {t('handling.assign.keys')}
              <kbd>⇧ ↵</kbd> {t('handling.assign.keysSupport')}
              <kbd>Alt ↵</kbd> {t('handling.assign.keysInform')}
            </p>
          </div>
        )}
      </Field>
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label={t('handling.assign.chosen')}>
          {chosen.map((one) => (
            <li key={choiceKey(one)}>
              <select
                aria-label={t('handling.assign.part', { name: nameOf(one) })}
                value={one.part}
                onChange={(event) => {
                  const part = assignmentParts.find((known) => known === event.target.value);
                  if (part !== undefined) setPart(one, part);
                }}
              >
                {assignmentParts.map((part) => (
                  <option key={part} value={part}>
                    {t(`handling.parts.${part}`)}
                  </option>
                ))}
              </select>
              <span>{nameOf(one)}</span>
              <Button
                variant="quiet"
                icon="close"
                label={t('handling.assign.remove', { name: nameOf(one) })}
                onClick={() => setChosen(chosen.filter((each) => each !== one))}
              />
            </li>
          ))}
        </ul>
      )}
      {chosen.length > 0 && leads.length !== 1 && <p className={styles.missing}>{t('handling.assign.needsLead')}</p>}
      <div className={styles.pair}>
        <DateTimeField
          label={t('handling.assign.dueAt')}
          value={due}
          error={due !== null && Date.parse(due) <= now ? t('document.terms.past') : null}
          help={due === null ? undefined : formatDeadline(t, due)}
          onChange={(value, valid) => {
            setDue(value);
            setDueIsValid(valid);
          }}
        />
        <TextArea
          label={t('handling.assign.note')}
          value={note}
          onChange={(typed) => change({ note: typed })}
          rows={1}
          maxLength={2000}
        />
      </div>
      {assign.failure !== null && <ErrorNote failure={assign.failure} />}
      {asked.error !== null && <ErrorNote failure={asked.error} />}
    </Dialog>
  );
}

interface LastChoiceProps {
  readonly all: Assignees;
  readonly nameOf: (one: Assignees[number]) => string;
}

function LastChoice({ all, nameOf }: LastChoiceProps) {
  const { t, i18n } = useTranslation();
  return (
    <span>
      {all.map((one, at) => (
        <span key={choiceKey(one)}>
          {at > 0 ? ' · ' : ''}
          {nameOf(one)} <small>{t(`handling.parts.${one.part}`).toLocaleLowerCase(i18n.language)}</small>
        </span>
      ))}
    </span>
  );
}

function Choice({ choice, language }: { readonly choice: HandlingChoice; readonly language: string }) {
  const { t } = useTranslation();
  const about = [choice.title, choice.unitName].filter((part) => part !== '').join(' · ');
  return (
    <>
      <span>
        {choice.name} <small>{about}</small>
      </span>
      {choice.times > 0 && (
        <small title={t('handling.assign.times', { count: choice.times })}>
          {formatNumber(choice.times, language)}
        </small>
      )}
    </>
  );
}

type Answers = readonly ({ readonly ok: true } | { readonly ok: false; readonly code: string })[];

/** What became of each: one that could not go is named with its reason. */
function wordsOfOutcome(t: TFunction, answers: Answers, codeText: string, lead: string) {
  const failed = answers.filter((answer) => !answer.ok);
  const [refused] = failed;
  if (refused !== undefined && !refused.ok) {
    const why = describeError(t, { code: refused.code }).what;
    return { tone: 'warn' as const, text: t('handling.assign.failed', { count: failed.length, why }) };
  }
  const text =
    answers.length === 1
      ? t('handling.assign.doneOne', { code: codeText, name: lead })
      : t('handling.assign.done', { count: answers.length });
  return { tone: 'good' as const, text };
}
