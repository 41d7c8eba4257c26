import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfficeIdentity } from '#shared/contract/office.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { RadioGroup } from '../../components/radio-group.tsx';
import { BookStarts } from '../settings/book-starts.tsx';
import { useBookStarts } from '../settings/use-book-starts.ts';
import { CertificatesPanel } from '../settings/certificates-panel.tsx';
import { OfficePanel } from '../settings/office-panel.tsx';
import { ServerPanel } from '../settings/server-panel.tsx';
import styles from './set-up.module.css';

interface SetUpScreenProps {
  readonly office: OfficeIdentity;
  /** Every step was done or skipped. */
  readonly onFinish: () => void;
}

const steps = ['office', 'certificates', 'books'] as const;

/** First run: who this office is, its certificates, where its books go on. Works without any server. */
export function SetUpScreen({ office, onFinish }: SetUpScreenProps) {
  const { t } = useTranslation();
  const [index, setIndex] = useState(0);
  const step = steps[index] ?? 'office';
  const last = index === steps.length - 1;
  const starts = useBookStarts();
  const next = () => (last ? onFinish() : setIndex(index + 1));
  // What was typed and not set by its own button is set now, or said to be wrong.
  const goOn = async (): Promise<void> => {
    if (step !== 'books' || (await starts.saveAll())) next();
  };
  return (
    <main className={styles.screen}>
      <div className={styles.box}>
        <div className={styles.side}>
          <h1>{t('setUp.title')}</h1>
          <ol aria-label={t('setUp.steps')}>
            {steps.map((each, position) => (
              <li key={each} className={styles.step} aria-current={position === index ? 'step' : undefined}>
                <span className={styles.mark}>{position < index ? <Icon name="check" size={13} /> : position + 1}</span>
                {t(`setUp.step.${each}`)}
                {position < index ? <span className="visually-hidden">{t('setUp.done')}</span> : null}
              </li>
            ))}
          </ol>
        </div>
        <div className={styles.content}>
          <div className={styles.scroll}>
            {step === 'office' ? <OfficeStep office={office} onDone={next} /> : null}
            {step === 'certificates' ? <CertificatesPanel /> : null}
            {step === 'books' ? <BookStarts starts={starts} /> : null}
          </div>
          {step === 'office' ? null : (
            <div className={styles.end}>
              <Button variant="main" busy={starts.busy} onClick={() => void goOn()}>
                {t(last ? 'setUp.finish' : 'setUp.next')}
              </Button>
              <span className={styles.later}>{t('setUp.later')}</span>
            </div>
          )}
        </div>
      </div>
    </main>
  );
}

function OfficeStep({ office, onDone }: { readonly office: OfficeIdentity; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<'online' | 'local'>('online');
  return (
    <div className={styles.ways}>
      <RadioGroup
        legend={t('setUp.how')}
        value={way}
        onChange={setWay}
        options={(['online', 'local'] as const).map((value) => ({
          value,
          label: t(`setUp.${value}`),
          more: t(value === 'online' ? 'setUp.onlineText' : 'setUp.localText'),
        }))}
      />
      {way === 'online' ? (
        <ServerPanel office={office} onDone={onDone} />
      ) : (
        <OfficePanel office={office} onDone={onDone} />
      )}
    </div>
  );
}
