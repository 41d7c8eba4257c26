import type { DragEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/contract.ts';
import type { PickedFile } from '#shared/contract/shell.ts';
import type { StoredFile } from '#shared/contract/common.ts';
import { fieldsOf } from '#shared/domain/document-fields.ts';
import { filesFromDrop } from '../../api/api.ts';
import { toCallFailure } from '../../api/call-failure.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import { valuesOf, type FormValues } from '../document/form-values.ts';
import styles from './paper-scan.module.css';

type Sources = CallOutput<'incoming.proposeScan'>['sources'];

/** A scan, and what its page says. */
export interface ReadScan extends StoredFile {
  readonly fields: FormValues<'incoming'>;
  readonly sources: Sources;
}

/** What the page fills of a form in which nobody has typed anything else: `before` is what it held by itself. */
export function proposedBy(
  { fields, sources }: ReadScan,
  values: FormValues<'incoming'>,
  before: FormValues<'incoming'>,
): Partial<FormValues<'incoming'>> {
  const read = fieldsOf('incoming').filter(
    (name) => (sources[name] ?? 'none') !== 'none' && values[name] === before[name],
  );
  return Object.fromEntries(read.map((name) => [name, fields[name]]));
}

interface PaperScanProps {
  readonly scan: ReadScan | null;
  readonly onRead: (scan: ReadScan) => void;
  readonly onRemove: () => void;
  /** The rest of the form: a file may be dropped anywhere in it. */
  readonly children: ReactNode;
}

/** Chooses the scan of a paper, or takes one that is dropped here; without one the paper is entered by hand. */
export function PaperScan({ scan, onRead, onRemove, children }: PaperScanProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const pick = useCommand('files.pick');
  const propose = useCommand('incoming.proposeScan');
  const failure = pick.failure ?? propose.failure;
  const read = async (file: PickedFile | undefined): Promise<void> => {
    if (file === undefined) return;
    const done = await propose.run({ token: file.token });
    if (!done.ok) return;
    const { fields, sources } = done.value;
    onRead({ ...done.value.file, fields: valuesOf('incoming', fields), sources });
  };
  const choose = async (): Promise<void> => {
    const picked = await pick.run({ purpose: 'letter' });
    if (picked.ok) await read(picked.value.files[0]);
  };
  const drop = async (files: readonly File[]): Promise<void> => {
    try {
      const [file] = await filesFromDrop(files);
      await read(file);
    } catch (thrown) {
      notify({ tone: 'warn', text: t('frame.dropFailed', { what: describeError(t, toCallFailure(thrown)).what }) });
    }
  };
  // The window behind would take it for a document of its own.
  const own = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className={styles.place}
      data-testid="paper-scan"
      onDragEnter={own}
      onDragLeave={own}
      onDragOver={own}
      onDrop={(event) => {
        own(event);
        void drop([...event.dataTransfer.files]);
      }}
    >
      <div className={styles.line}>
        <Button icon="scan" busy={pick.busy || propose.busy} onClick={() => void choose()}>
          {t(scan === null ? 'paper.scan.choose' : 'paper.scan.other')}
        </Button>
        {scan === null ? (
          <small>{t('paper.scan.hint')}</small>
        ) : (
          <>
            <span className={styles.name}>{scan.name}</span>
            <Button variant="quiet" icon="close" label={t('paper.scan.remove')} onClick={onRemove} />
          </>
        )}
      </div>
      {failure === null ? null : <ErrorNote failure={failure} />}
      {children}
    </div>
  );
}
