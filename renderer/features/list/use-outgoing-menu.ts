import { useTranslation } from 'react-i18next';
import type { OutgoingRow } from '#shared/contract/outgoing.ts';
import { outgoingMachine, type OutgoingBox } from '#shared/domain/outgoing-state.ts';
import { useCommand } from '../../api/use-command.ts';
import type { MenuItem } from '../../components/menu-list.tsx';
import type { SeveralStep } from '../outgoing/sign-several/use-sign-several.ts';
import type { BoxListPlace } from './box-list.tsx';
import { copyCodes } from './use-incoming-menu.ts';
import { useStepsForRows } from './use-steps-for-rows.ts';

/**
 * What the states of the chosen documents allow. Number and sending are taken in the document alone, as is the signature of one;
 * several are signed in a dialog.
 */
export function useOutgoingMenu(
  { onOpen }: BoxListPlace<OutgoingBox>,
  onSignSeveral: (step: SeveralStep, rows: readonly OutgoingRow[]) => void,
) {
  const { t } = useTranslation();
  const { run } = useCommand('outgoing.approve');
  const take = useStepsForRows();
  return (rows: readonly OutgoingRow[]): readonly MenuItem[] => {
    const [first] = rows;
    if (first === undefined) return [];
    const all = (step: SeveralStep | 'approve'): boolean =>
      rows.every(({ state, hidden }) => hidden !== true && outgoingMachine.allows(state, step));
    const several = (step: SeveralStep): MenuItem | false =>
      rows.length > 1 &&
      all(step) && {
        id: step,
        label: t(`list.menu.${step}`, { count: rows.length }),
        run: () => onSignSeveral(step, rows),
      };
    const items: (MenuItem | false)[] = [
      rows.length === 1 && { id: 'open', label: t('list.menu.open'), run: () => onOpen(first.id) },
      all('approve') && {
        id: 'approve',
        label: t('list.menu.approve', { count: rows.length }),
        run: () =>
          void take(
            rows,
            ({ id, revision }) => run({ id, revision }),
            (count) => t('list.menu.approved', { count }),
          ),
      },
      several('sign'),
      several('seal'),
      { id: 'copy', label: t('list.menu.copy'), run: () => copyCodes(rows) },
    ];
    return items.filter((item) => item !== false);
  };
}
