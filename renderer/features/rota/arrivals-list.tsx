import { useTranslation } from 'react-i18next';
import { formatPhone } from '#shared/domain/phone-number.ts';
import { momentText } from './rota-words.ts';
import { useRota } from './rota-form.ts';
import { whoIsTold, type ToldStep } from './who-is-told.ts';
import styles from './rota.module.css';

/** Stretches that are spelled out; each has the same list with one or two other names. */
const SHOWN = 4;

/** Who gets an express that arrives from one instant to another (ms since 1970), as the exchange computes it. */
export function ArrivalsList({ from, to }: { readonly from: number; readonly to: number }) {
  const { t } = useTranslation();
  const { rota, duty, now } = useRota();
  const start = Math.max(from, Math.min(now, to));
  const stretches = whoIsTold(rota, duty, start, to);
  return (
    <section className={styles.told} aria-label={t('rota.told.title')}>
      <h3>{t('rota.told.title')}</h3>
      {stretches.length === 0 ? <p>{t(to <= now ? 'rota.told.past' : 'rota.told.none')}</p> : null}
      {stretches.slice(0, SHOWN).map((stretch, index) => (
        <div key={stretch.from}>
          {index === 0 ? null : <h4>{t('rota.told.from', { when: momentText(t, stretch.from) })}</h4>}
          <dl>
            {stretch.steps.map((step) => (
              <Step key={step.minutes} step={step} />
            ))}
          </dl>
        </div>
      ))}
      {stretches.length > SHOWN ? <p>{t('rota.told.more', { count: stretches.length - SHOWN })}</p> : null}
    </section>
  );
}

function Step({ step: { minutes, whom, again } }: { readonly step: ToldStep }) {
  const { t } = useTranslation();
  return (
    <div className={styles.step}>
      <dt>{minutes === 0 ? t('rota.told.atOnce') : t('rota.told.after', { count: minutes })}</dt>
      <dd>
        <WhomLine whom={whom} again={again} />
      </dd>
    </div>
  );
}

function WhomLine({ whom, again }: Pick<ToldStep, 'whom' | 'again'>) {
  const { t } = useTranslation();
  const { duty } = useRota();
  if (whom.kind === 'sender-call') {
    const phone = whom.phone === null ? null : formatPhone(whom.phone);
    return (
      <>
        <span>{phone === null ? t('rota.told.callNobody') : t('rota.told.call', { phone })}</span>
        {phone === null ? null : (
          <span className={styles.soft}>
            {whom.askFor === null ? t('rota.told.officeNumber') : t('rota.told.askFor', { name: whom.askFor })}
          </span>
        )}
      </>
    );
  }
  if (whom.of === 'supervisor') {
    return (
      <>
        <span>{t('rota.aboveThere', { name: duty.supervisor?.name ?? '' })}</span>
        <span className={styles.soft}>{t('rota.told.of')}</span>
      </>
    );
  }
  const { officer, channels } = whom;
  if (again) return <span>{t('rota.told.again', { name: officer.name })}</span>;
  const ways = channels.map((channel) =>
    channel === 'sms' && officer.phone !== null
      ? // A number is read in one piece.
        t('rota.told.sms', { phone: formatPhone(officer.phone) }).replaceAll(' ', '\u00a0')
      : t(`rota.told.by.${channel}`),
  );
  return (
    <>
      <span>{officer.name}</span>
      <span className={styles.soft}>{[officer.title, ...ways].filter((part) => part !== '').join(', ')}</span>
    </>
  );
}
