import { useTranslation } from 'react-i18next';
import type { Relation } from '#shared/contract/relations.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { useNavigation } from '../navigation/navigation.tsx';
import styles from './relations.module.css';

/** "62/VPUBND-HCTC ngày 13/02/2017": opens the other document where it is in the register. */
export function OpenOther({ relation }: { readonly relation: Relation }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { other } = relation;
  const { codeText, date } = other ?? relation;
  const name = date === null ? codeText : t('relations.named', { code: codeText, date: formatVnDate(date) });
  // One that is not for whoever looks opens nothing.
  if (other === null || other.hidden) return <b>{name}</b>;
  const open = (): void =>
    go(
      other.direction === 'incoming'
        ? { screen: 'incoming', box: 'in-progress', id: other.id }
        : { screen: 'outgoing', box: 'sent', id: other.id },
    );
  return (
    <button type="button" className={styles.link} onClick={open}>
      {name}
    </button>
  );
}
