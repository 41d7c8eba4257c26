import { useCall } from '../../api/use-call.ts';

/** Whether whoever is signed in may see the audit trail; core refuses others in any case. */
export function useIsAdministrator(): boolean {
  const { data } = useCall('session.state', {});
  return data?.person?.roles.includes('administrator') === true;
}
