import type { TFunction } from 'i18next';
import { fieldDescription, type FieldName, type PaperState } from '#shared/domain/document-fields.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { formatDateTime } from '../../i18n/format.ts';

/** The value of a field in words; empty where there is nothing to show. */
export function showField(t: TFunction, name: FieldName, value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  switch (fieldDescription(name).kind) {
    case 'day':
      return formatVnDate(value);
    case 'instant':
      return formatDateTime(value);
    case 'urgency':
      return t(`common.urgency.${value as Urgency}`);
    case 'paper':
      return t(`fields.paper.${value as PaperState}`);
    default:
      return value;
  }
}
