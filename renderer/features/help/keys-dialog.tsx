import { useTranslation } from 'react-i18next';
import { Dialog } from '../../components/dialog.tsx';
import { shortcutScopes, shortcutTable } from '../../components/shortcut-table.ts';
import { shortcutLabel } from '../../components/shortcuts.ts';
import styles from './keys-dialog.module.css';

/** Every key of the program, by where it works. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('frame.keys.title')} onClose={onClose} closeLabel={t('common.close')} width="wide">
      {shortcutScopes.map((scope) => (
        <section key={scope} aria-label={t(`frame.keys.scope.${scope}`)}>
          <h3 className={styles.scope}>{t(`frame.keys.scope.${scope}`)}</h3>
          <dl className={styles.keys}>
            {shortcutTable
              .filter((row) => row.scope === scope)
              .map((row) => (
                <div key={row.id} className={styles.row}>
                  <dt>
                    {row.keys.map((keys) => (
                      <kbd key={keys}>{shortcutLabel(keys)}</kbd>
                    ))}
                  </dt>
                  <dd>{t(`frame.keys.does.${row.id}`)}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
