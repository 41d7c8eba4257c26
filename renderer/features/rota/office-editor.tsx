import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { HoursDraft } from './rota-draft.ts';
import { useRota } from './rota-form.ts';
import { weekdays } from './rota-words.ts';
import { TimeField } from './time-field.tsx';
import styles from './rota.module.css';

/** Who is told next, the office's own number, and its hours. */
export function OfficeEditor() {
  const { t } = useTranslation();
  const { draft, change, faultOf, leave } = useRota();
  const phoneFault = faultOf('office.phone');
  const noHours = faultOf('hours');
  const known = draft.officers.some(({ id }) => id === draft.headOfOffice);
  return (
    <div className={styles.scroll}>
      <div className={styles.form}>
        <Select
          label={t('rota.office.head')}
          value={known ? draft.headOfOffice : ''}
          options={[
            { value: '', label: t('rota.office.noHead') },
            ...draft.officers.map((officer) => ({ value: officer.id, label: officer.name })),
          ]}
          onChange={(headOfOffice) => change((old) => ({ ...old, headOfOffice }))}
          wide
        />
        <TextField
          label={t('rota.office.phone')}
          help={t('rota.office.phoneHelp')}
          value={draft.officePhone}
          onChange={(officePhone) => change((old) => ({ ...old, officePhone }))}
          onBlur={() => leave('office.phone')}
          error={phoneFault === null ? null : t(`rota.faults.${phoneFault}`)}
          maxLength={40}
          wide
        />
        <TextField
          label={t('rota.office.contact')}
          value={draft.officeContact}
          onChange={(officeContact) => change((old) => ({ ...old, officeContact }))}
          maxLength={200}
          wide
        />
      </div>
      <h3 className={styles.groupHead}>{t('rota.office.hours')}</h3>
      <p className={styles.panelText}>{t('rota.office.hoursText')}</p>
      {noHours === null ? null : <p className={styles.fault}>{t(`rota.faults.${noHours}`)}</p>}
      {weekdays.map((name, index) => (
        <OfficeDay
          key={name}
          weekday={index + 1}
          name={t(`rota.weekdayNames.${name}`)}
          hours={draft.hours.filter((span) => span.weekday === index + 1)}
        />
      ))}
    </div>
  );
}

interface OfficeDayProps {
  /** 1 is Monday. */
  readonly weekday: number;
  readonly name: string;
  readonly hours: readonly HoursDraft[];
}

function OfficeDay({ weekday, name, hours }: OfficeDayProps) {
  const { t } = useTranslation();
  const { change } = useRota();
  const add = () => {
    const span = { id: crypto.randomUUID(), weekday, from: hours.length === 0 ? '07:30' : '13:30', to: '17:00' };
    change((old) => ({
      ...old,
      hours: [...old.hours, span].toSorted((one, other) => one.weekday - other.weekday),
    }));
  };
  return (
    <section className={styles.weekday} aria-label={name}>
      <div className={styles.weekdayHead}>
        <h3>{name}</h3>
        {hours.length === 0 ? <span className={styles.soft}>{t('rota.office.off')}</span> : null}
        <Button
          variant="quiet"
          icon="plus"
          label={t('rota.office.add', { weekday: name.toLocaleLowerCase() })}
          onClick={add}
        />
      </div>
      {hours.map((span) => (
        <HoursRow key={span.id} span={span} />
      ))}
    </section>
  );
}

function HoursRow({ span: { id, from, to } }: { readonly span: HoursDraft }) {
  const { t } = useTranslation();
  const { change, faultOf } = useRota();
  const set = (changes: Partial<HoursDraft>) =>
    change((old) => ({ ...old, hours: old.hours.map((one) => (one.id === id ? { ...one, ...changes } : one)) }));
  const faults = ['from', 'to'].flatMap((name) => faultOf(`hours.${id}.${name}`) ?? []);
  return (
    <>
      <div className={styles.shift}>
        <TimeField
          label={t('rota.pattern.from')}
          field={`hours.${id}.from`}
          value={from}
          onChange={(value) => set({ from: value })}
        />
        <TimeField
          label={t('rota.pattern.to')}
          field={`hours.${id}.to`}
          value={to}
          onChange={(value) => set({ to: value })}
        />
        <Button
          variant="quiet"
          icon="close"
          label={t('rota.office.remove', { from, to })}
          onClick={() => change((old) => ({ ...old, hours: old.hours.filter((one) => one.id !== id) }))}
        />
      </div>
      {faults.map((fault) => (
        <p key={fault} className={styles.fault}>
          {t(`rota.faults.${fault}`)}
        </p>
      ))}
    </>
  );
}
