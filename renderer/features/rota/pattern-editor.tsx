import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import fieldStyles from '../../components/field.module.css';
import { sharedOut, type ShiftDraft } from './rota-draft.ts';
import { useRota } from './rota-form.ts';
import { weekdays } from './rota-words.ts';
import { TimeField } from './time-field.tsx';
import styles from './rota.module.css';

/** The weekly pattern: for each weekday its shifts in local hours. */
export function PatternEditor() {
  const { t } = useTranslation();
  const { draft, change } = useRota();
  const add = (weekday: number) =>
    change((old) => {
      const last = old.shifts.findLast((shift) => shift.weekday === weekday);
      const shift = {
        id: crypto.randomUUID(),
        weekday,
        from: last?.to ?? '07:00',
        to: last && last.to !== '07:00' ? '07:00' : '17:00',
        officerId: '',
      };
      return { ...old, shifts: [...old.shifts, shift].toSorted((one, other) => one.weekday - other.weekday) };
    });
  return (
    <div className={styles.scroll}>
      <p className={styles.panelText}>
        {t(draft.officers.length === 0 ? 'rota.pattern.needOfficers' : 'rota.pattern.text')}
      </p>
      {draft.shifts.length === 0 && draft.officers.length > 0 ? (
        <div className={styles.actions}>
          <Button onClick={() => change((old) => ({ ...old, shifts: sharedOut(old.officers) }))}>
            {t('rota.empty.pattern')}
          </Button>
        </div>
      ) : null}
      {weekdays.map((key, index) => {
        const weekday = index + 1;
        const shifts = draft.shifts.filter((shift) => shift.weekday === weekday);
        const name = t(`rota.weekdayNames.${key}`);
        return (
          <section key={weekday} className={styles.weekday} aria-label={name}>
            <div className={styles.weekdayHead}>
              <h3>{name}</h3>
              {shifts.length === 0 ? <span className={styles.soft}>{t('rota.pattern.none')}</span> : null}
              <Button
                variant="quiet"
                icon="plus"
                label={t('rota.pattern.add', { weekday: name.toLocaleLowerCase() })}
                onClick={() => add(weekday)}
              />
            </div>
            {shifts.map((shift) => (
              <ShiftRow key={shift.id} shift={shift} />
            ))}
          </section>
        );
      })}
    </div>
  );
}

function ShiftRow({ shift }: { readonly shift: ShiftDraft }) {
  const { t } = useTranslation();
  const { draft, change, faultOf, leave } = useRota();
  const { id, from, to, officerId } = shift;
  const set = (changes: Partial<ShiftDraft>) =>
    change((old) => ({ ...old, shifts: old.shifts.map((one) => (one.id === id ? { ...one, ...changes } : one)) }));
  const faults = ['from', 'to', 'officer'].flatMap((name) => faultOf(`shift.${id}.${name}`) ?? []);
  const known = draft.officers.some((officer) => officer.id === officerId);
  return (
    <>
      <div className={styles.shift}>
        <TimeField
          label={t('rota.pattern.from')}
          field={`shift.${id}.from`}
          value={from}
          onChange={(value) => set({ from: value })}
        />
        <TimeField
          label={t('rota.pattern.to')}
          field={`shift.${id}.to`}
          value={to}
          onChange={(value) => set({ to: value })}
        />
        <select
          className={classNames(fieldStyles.control, faultOf(`shift.${id}.officer`) !== null && fieldStyles.wrong)}
          aria-label={t('rota.pattern.officer')}
          value={known ? officerId : ''}
          onChange={(event) => set({ officerId: event.target.value })}
          onBlur={() => leave(`shift.${id}.officer`)}
        >
          <option value="">{t('rota.substitution.choose')}</option>
          {draft.officers.map((officer) => (
            <option key={officer.id} value={officer.id}>
              {officer.name}
            </option>
          ))}
        </select>
        <Button
          variant="quiet"
          icon="close"
          label={t('rota.pattern.remove', { from, to })}
          onClick={() => change((old) => ({ ...old, shifts: old.shifts.filter((one) => one.id !== id) }))}
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
