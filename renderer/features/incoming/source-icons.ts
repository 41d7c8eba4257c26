import type { ArrivalSource } from '#shared/domain/arrival-source.ts';
import type { IconName } from '../../components/icon.tsx';

export const sourceIcons: Readonly<Record<ArrivalSource, IconName>> = {
  exchange: 'upload',
  scan: 'scan',
  'e-mail': 'message',
  paper: 'file',
};
