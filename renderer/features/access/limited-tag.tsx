import { useTranslation } from 'react-i18next';
import { Tag } from '../../components/tag.tsx';

interface LimitedTagProps {
  readonly document: { readonly limited: boolean };
}

/** "Phạm vi hẹp": the office shows it to some people alone. */
export function LimitedTag({ document }: LimitedTagProps) {
  const { t } = useTranslation();
  if (!document.limited) return null;
  return <Tag icon="lock">{t('access.tag')}</Tag>;
}
