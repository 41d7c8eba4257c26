import { useTranslation } from 'react-i18next';
import { dutySpans, headSpans } from '#shared/domain/rota.ts';
import { Button } from '../../components/button.tsx';
import { DateTimeField } from '../../components/date-field.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Select } from '../../components/select.tsx';
import { TextArea, TextField } from '../../components/text-field.tsx';
import { ArrivalsList } from './arrivals-list.tsx';
import { NumberMark } from './number-mark.tsx';
import type { SubstitutionDraft } from './rota-draft.ts';
import { useRota } from './rota-form.ts';
import { nameOf, officerOf } from './rota-words.ts';
import styles from './rota.module.css';

/** Trực thay: who stands in from when to when, instead of whom, and who is told then. */
export function SubstitutionForm({ substitution }: { readonly substitution: SubstitutionDraft }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { draft, rota, change, select, faultOf, leave } = useRota();
  const { id, ofHead, from, to, officerId, reason } = substitution;
  const set = (changes: Partial<SubstitutionDraft>) =>
    change((old) => ({
      ...old,
      substitutions: old.substitutions.map((one) => (one.id === id ? { ...one, ...changes } : one)),
    }));
  const field = (name: string) => {
    const key = `substitution.${id}.${name}`;
    const fault = faultOf(key);
    return { error: fault === null ? null : t(`rota.faults.${fault}`), onBlur: () => leave(key) };
  };
  const officer = officerOf(rota, officerId);
  const span = from === null || to === null ? null : { from: Date.parse(from), to: Date.parse(to) };
  const forward = span !== null && span.from < span.to ? span : null;
  const replaces = forward === null ? [] : replacedBy();

  function replacedBy(): readonly string[] {
    if (forward === null) return [];
    const spans = (ofHead ? headSpans : dutySpans)(rota, forward.from, forward.to);
    const mine = spans.filter((one) => one.substitutionId === id || officerId === '');
    const ids = mine.flatMap((one) => (officerId === '' && one.officerId !== null ? [one.officerId] : one.replaces));
    return [...new Set(ids)].map((each) => nameOf(t, rota, each) ?? '');
  }

  const remove = () => {
    const before = draft.substitutions;
    change((old) => ({ ...old, substitutions: old.substitutions.filter((one) => one.id !== id) }));
    select(null);
    notify({
      text: t('rota.substitution.removed', { name: officer?.name ?? t('rota.nobody') }),
      action: {
        label: t('common.undo'),
        run: () => change((old) => ({ ...old, substitutions: before })),
        undo: true,
      },
    });
  };

  return (
    <>
      <div className={styles.form}>
        <DateTimeField
          label={t('rota.substitution.from')}
          value={from}
          onChange={(value) => set({ from: value })}
          defaultTime="07:00"
          {...field('from')}
        />
        <DateTimeField
          label={t('rota.substitution.to')}
          value={to}
          onChange={(value) => set({ to: value })}
          defaultTime="07:00"
          {...field('to')}
        />
        <div className={styles.wide}>
          <Select
            label={t('rota.substitution.officer')}
            value={officer === null ? '' : officerId}
            options={[
              { value: '', label: t('rota.substitution.choose') },
              ...rota.officers.map((one) => ({ value: one.id, label: one.name })),
            ]}
            onChange={(value) => set({ officerId: value })}
            {...field('officer')}
          />
          {officer === null ? null : <NumberMark officer={officer} long />}
        </div>
        <Select
          label={t('rota.substitution.place')}
          value={ofHead ? 'head' : 'duty'}
          options={[
            { value: 'duty', label: t('rota.substitution.duty') },
            { value: 'head', label: t('rota.substitution.head') },
          ]}
          onChange={(value) => set({ ofHead: value === 'head' })}
          wide
        />
        <TextField
          label={t('rota.substitution.replaces')}
          hint={t('rota.substitution.byPattern')}
          value={
            replaces.length > 0 ? replaces.join(', ') : forward === null ? '' : t('rota.substitution.replacesNobody')
          }
          onChange={() => undefined}
          readOnly
          wide
        />
        <TextArea
          label={t('rota.substitution.reason')}
          value={reason}
          onChange={(value) => set({ reason: value })}
          maxLength={500}
          wide
        />
      </div>
      {forward === null ? null : <ArrivalsList from={forward.from} to={forward.to} />}
      <div className={styles.panelEnd}>
        <Button variant="quiet" onClick={remove}>
          {t('rota.substitution.remove')}
        </Button>
      </div>
    </>
  );
}
