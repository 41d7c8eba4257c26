import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forwardStep } from '#shared/domain/forward.ts';
import { ComboBox } from '../../components/combo-box.tsx';
import { useCall } from '../../api/use-call.ts';
import { Field } from '../../components/field.tsx';
import { describeForward } from './describe-forward.ts';
import { choicesFor, lastPart } from './forward-choices.ts';
import { useForwardChoices } from './use-forward-choices.ts';
import styles from './forward-field.module.css';

interface ForwardFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onFocus: () => void;
  /** The agency that issued the letter: where its last one went is offered first. */
  readonly agencyName: string;
  readonly maxLength: number;
}

/**
 * "Chuyển tới": a field to type in, with what this office put there before. Several are parted by ";". With nothing typed,
 * where the last letter of this agency went is marked, and taken by Enter or by the key that registers. Units and people of
 * the office get the document with its number; the words under the field say so before.
 */
export function ForwardField({ value, onChange, onFocus, agencyName, maxLength }: ForwardFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const known = useForwardChoices(agencyName, { keepPrevious: true });
  const office = useCall('handling.choices', { agencyName }, { keepPrevious: true });
  const people = office.data?.choices ?? [];
  const { before, wanted } = lastPart(value);
  const choices = choicesFor(known.data?.last ?? null, known.data?.choices ?? [], people, value);
  const times = known.data?.last?.times ?? 0;
  return (
    <Field
      label={t('fields.incoming.forwardTo')}
      hint={times > 0 ? t('incoming.forward.times', { count: times }) : undefined}
      help={describeForward(t, forwardStep(value, people))}
    >
      {(wiring) => (
        <ComboBox
          text={value}
          onText={onChange}
          open={open}
          onOpen={setOpen}
          groups={[{ id: 'forward', items: choices }]}
          itemId={({ id }) => id}
          itemText={({ text }) => text}
          renderItem={(choice) => (
            <>
              <span className={styles.kind}>
                {choice.isLast
                  ? t('incoming.forward.last')
                  : choice.kind === null
                    ? ''
                    : t(`incoming.forward.kind.${choice.kind}`)}
              </span>
              <span className={styles.name}>{choice.text}</span>
              <span className={styles.times}>{choice.times === 0 ? '' : choice.times}</span>
            </>
          )}
          onChoose={({ text }) => {
            onChange(`${before}${text}`);
            setOpen(false);
          }}
          listLabel={t('incoming.forward.list')}
          marksFirst={before === '' && wanted === '' && choices[0]?.isLast === true}
          freeText
          place="over"
          className={styles.results}
          optionClassName={styles.choice}
          inputRef={input}
          input={{
            ...wiring,
            name: 'forwardTo',
            maxLength,
            placeholder: t('incoming.forward.placeholder'),
            onFocusCapture: onFocus,
          }}
        />
      )}
    </Field>
  );
}
