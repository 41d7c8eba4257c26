import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/icon.tsx';

/** "(phạm vi hẹp)" with a lock, in the place of words that are not for whoever looks. */
export function HiddenText() {
  const { t } = useTranslation();
  return (
    <>
      <Icon name="lock" size={13} /> {t('access.hidden')}
    </>
  );
}
