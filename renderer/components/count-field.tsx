import { useTranslation } from 'react-i18next';
import { ParsedField, type Parsed, type ParsedFieldBase } from './parsed-field.tsx';

interface CountFieldProps extends ParsedFieldBase<number> {
  readonly max: number;
}

/** How many, from 1. */
export function CountField({ max, ...props }: CountFieldProps) {
  const { t } = useTranslation();
  return (
    <ParsedField
      {...props}
      maxLength={String(max).length}
      parse={(text) => parseCount(text, max)}
      format={(count) => (count === null ? '' : String(count))}
      complaint={t('common.notACount', { max })}
    />
  );
}

function parseCount(text: string, max: number): Parsed<number> {
  const clean = text.trim();
  if (clean === '') return { ok: true, value: null };
  const count = /^\d+$/.test(clean) ? Number(clean) : 0;
  return count >= 1 && count <= max ? { ok: true, value: count } : { ok: false };
}
