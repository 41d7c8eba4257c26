import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Tabs } from '../../components/tabs.tsx';
import { OfficeEditor } from './office-editor.tsx';
import { OfficersEditor } from './officers-editor.tsx';
import { PatternEditor } from './pattern-editor.tsx';
import { useRota, type Selection } from './rota-form.ts';
import { SpanDetails } from './span-details.tsx';
import { SubstitutionForm } from './substitution-form.tsx';
import styles from './rota.module.css';

interface PanelProps {
  readonly selection: Selection | null;
  readonly codeFor: string | null;
  /** That something is not saved yet. */
  readonly mark: ReactNode;
  /** Over the grid, instead of beside it. */
  readonly folded: boolean;
}

const tabs = ['officers', 'pattern', 'office'] as const;

/** The side panel: what is selected in the grid, else the officers, the pattern and the office. */
export function Panel({ selection, codeFor, mark, folded }: PanelProps) {
  const { t } = useTranslation();
  const { draft, select } = useRota();
  const substitution =
    selection?.kind === 'substitution' ? draft.substitutions.find(({ id }) => id === selection.id) : undefined;
  const isItem = selection?.kind === 'span' || substitution !== undefined;
  const title = substitution
    ? t('rota.substitution.title')
    : selection?.kind === 'span'
      ? t(selection.ofHead ? 'rota.span.head' : 'rota.span.shift')
      : t('rota.tabs.label');
  const tab = tabs.find((each) => each === selection?.kind) ?? 'officers';
  return (
    <aside className={classNames(styles.panel, folded && styles.drawer)} aria-label={title}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {mark}
        {isItem || folded ? (
          <div className={styles.headEnd}>
            <Button variant="quiet" icon="close" label={t('rota.closePanel')} onClick={() => select(null)} />
          </div>
        ) : null}
      </div>
      {substitution ? (
        <div className={styles.scroll}>
          <SubstitutionForm key={substitution.id} substitution={substitution} />
        </div>
      ) : selection?.kind === 'span' ? (
        <div className={styles.scroll}>
          <SpanDetails span={selection} />
        </div>
      ) : (
        <Tabs
          label={t('rota.tabs.label')}
          tabs={tabs.map((id) => ({ id, label: t(`rota.tabs.${id}`) }))}
          selected={tab}
          onSelect={(id) => select(id === 'officers' ? { kind: id, officerId: null } : { kind: id })}
        >
          {tab === 'officers' ? (
            <OfficersEditor openId={selection?.kind === 'officers' ? selection.officerId : null} codeFor={codeFor} />
          ) : tab === 'pattern' ? (
            <PatternEditor />
          ) : (
            <OfficeEditor />
          )}
        </Tabs>
      )}
    </aside>
  );
}
