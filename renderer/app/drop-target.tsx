import { useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickedFile } from '#shared/contract/shell.ts';
import { filesFromDrop } from '../api/api.ts';
import { toCallFailure } from '../api/call-failure.ts';
import { Icon } from '../components/icon.tsx';
import { useNotify } from '../components/notices.tsx';
import { describeError } from '../i18n/describe-error.ts';
import styles from './frame.module.css';

interface DropTargetProps {
  readonly onFile: (file: PickedFile) => void;
  readonly children: ReactNode;
}

/** A file dropped anywhere on the window begins a new outgoing document. */
export function DropTarget({ onFile, children }: DropTargetProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  // Entering a child fires before leaving its parent: count, so that the sign does not flicker.
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  const enter = (step: 1 | -1) => {
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  const take = async (files: readonly File[]) => {
    try {
      const picked = await filesFromDrop(files);
      const first = picked[0];
      if (!first) return;
      if (files.length > 1) notify({ text: t('frame.oneAtATime', { name: first.name }) });
      onFile(first);
    } catch (thrown) {
      const { what } = describeError(t, toCallFailure(thrown));
      notify({ text: t('frame.dropFailed', { what }), tone: 'warn' });
    }
  };
  return (
    <div
      className={styles.drop}
      onDragEnter={(event) => hasFiles(event) && enter(1)}
      onDragLeave={(event) => hasFiles(event) && enter(-1)}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        void take([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over ? (
        <div className={styles.dropSign}>
          <p>
            <Icon name="file" size={20} /> {t('frame.dropHere')}
          </p>
        </div>
      ) : null}
    </div>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}
