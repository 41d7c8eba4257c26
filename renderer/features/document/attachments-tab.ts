import type { TFunction } from 'i18next';
import type { StoredFile } from '#shared/contract/common.ts';
import type { Tab } from '../../components/tabs.tsx';

/** The tab of a document's attachments, when it has any. */
export function attachmentsTab(t: TFunction, files: readonly StoredFile[]): readonly Tab<'attachments'>[] {
  if (files.length === 0) return [];
  return [{ id: 'attachments', label: t('document.attachments.label'), icon: 'attachment', count: files.length }];
}
