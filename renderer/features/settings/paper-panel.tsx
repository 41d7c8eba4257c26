import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/contract.ts';
import { documentTypes } from '#shared/domain/document-types.ts';
import { type PaperChoice, paperChoices } from '#shared/domain/paper-rules.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Select } from '../../components/select.tsx';
import { RecipientSearch } from '../outgoing/recipient-search.tsx';
import { Panel } from './panel.tsx';
import styles from './settings.module.css';

type Rules = CallOutput<'office.paperRules'>;

/** Which types and recipients get a paper copy as well. Each change is kept at once. */
export function PaperPanel() {
  const { t } = useTranslation();
  const rules = useCall('office.paperRules', {});
  return (
    <Panel title={t('settings.paper.title')} text={t('settings.paper.text')}>
      {rules.error ? <ErrorNote failure={rules.error} onRetry={() => void rules.refetch()} /> : null}
      {rules.data ? <PaperRulesForm rules={rules.data} /> : null}
    </Panel>
  );
}

function PaperRulesForm({ rules }: { readonly rules: Rules }) {
  const { t } = useTranslation();
  const save = useCommand('office.savePaperRules');
  const { types, agencies } = rules;
  const keep = (change: Partial<Rules>): void => {
    const next = { ...rules, ...change };
    void save.run({ types: next.types, agencies: next.agencies.map(({ code, choice }) => ({ code, choice })) });
  };
  const setChoice = (code: string, choice: PaperChoice): void =>
    keep({ agencies: agencies.map((one) => (one.code === code ? { ...one, choice } : one)) });
  return (
    <>
      <p className={styles.soft}>{t('settings.paper.law')}</p>
      <h3 className={styles.cardTitle}>{t('settings.paper.agencies')}</h3>
      <RecipientSearch
        label={t('settings.paper.addAgency')}
        chosen={new Set(agencies.map(({ code }) => code))}
        onAdd={({ code, name }) => keep({ agencies: [...agencies, { code, name, choice: 'paper' }] })}
      />
      {agencies.length === 0 ? <p className={styles.none}>{t('settings.paper.noAgency')}</p> : null}
      <ul className={styles.cards}>
        {agencies.map(({ code, name, choice }) => (
          <li key={code} className={styles.card}>
            <div className={styles.cardText}>
              <p className={styles.cardTitle}>{name}</p>
              <div className={styles.inline}>
                <Select
                  label={t('settings.paper.choiceFor', { name })}
                  value={choice}
                  options={paperChoices.map((value) => ({ value, label: t(`settings.paper.choices.${value}`) }))}
                  disabled={save.busy}
                  onChange={(value) => setChoice(code, value)}
                />
                <Button
                  variant="quiet"
                  label={t('settings.paper.dropAgency', { name })}
                  disabled={save.busy}
                  onClick={() => keep({ agencies: agencies.filter((one) => one.code !== code) })}
                >
                  {t('settings.paper.drop')}
                </Button>
              </div>
            </div>
          </li>
        ))}
      </ul>
      <h3 className={styles.cardTitle}>{t('settings.paper.types')}</h3>
      <div className={styles.typeGrid} role="group" aria-label={t('settings.paper.types')}>
        {documentTypes.map(({ name }) => (
          <div key={name}>
            <CheckBox
              label={name}
              checked={types.includes(name)}
              disabled={save.busy}
              onChange={(checked) =>
                keep({ types: checked ? [...types, name] : types.filter((type) => type !== name) })
              }
            />
          </div>
        ))}
      </div>
      {save.failure ? <ErrorNote failure={save.failure} /> : null}
    </>
  );
}
