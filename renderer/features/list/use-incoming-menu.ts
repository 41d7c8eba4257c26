import { useTranslation } from 'react-i18next';
import type { IncomingRow } from '#shared/contract/incoming.ts';
import { incomingMachine, type IncomingBox } from '#shared/domain/incoming-state.ts';
import { useCommand } from '../../api/use-command.ts';
import type { MenuItem } from '../../components/menu-list.tsx';
import { useNavigation } from '../navigation/navigation.tsx';
import type { BoxListPlace } from './box-list.tsx';
import { useStepsForRows } from './use-steps-for-rows.ts';

/** What the states of the chosen documents allow: for one, and for several what each of them allows. */
export function useIncomingMenu({ box, onOpen }: BoxListPlace<IncomingBox>) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { run } = useCommand('incoming.complete');
  const take = useStepsForRows();
  return (rows: readonly IncomingRow[]): readonly MenuItem[] => {
    const [first] = rows;
    if (first === undefined) return [];
    const one = rows.length === 1;
    const all = (step: 'register' | 'complete') =>
      rows.every(({ state, hidden }) => hidden !== true && incomingMachine.allows(state, step));
    const items: (MenuItem | false)[] = [
      one && { id: 'open', label: t('list.menu.open'), run: () => onOpen(first.id) },
      all('register') && {
        id: 'register',
        label: t(one ? 'list.menu.register' : 'list.menu.registerAll'),
        run: () => go({ screen: 'incoming', box, id: first.id, registering: true }),
      },
      all('complete') && {
        id: 'complete',
        label: t('list.menu.complete', { count: rows.length }),
        run: () =>
          void take(
            rows,
            ({ id, revision }) => run({ id, revision }),
            (count) => t('list.menu.completed', { count }),
          ),
      },
      { id: 'copy', label: t('list.menu.copy'), run: () => copyCodes(rows) },
    ];
    return items.filter((item) => item !== false);
  };
}

/** One a line, as a letter or a table takes them. */
export function copyCodes(rows: readonly { readonly codeText: string }[]): void {
  void navigator.clipboard.writeText(rows.map(({ codeText }) => codeText).join('\n'));
}
