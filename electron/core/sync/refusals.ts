/** Refusals that concern this workstation, not the message: it waits, sent or fetched, until a person has helped. */
const workstationRefusals: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'WORKSTATION_REVOKED',
  'REGISTER_REPLACED',
  'HTTPS_REQUIRED',
]);

export function isWorkstationRefusal(code: string): boolean {
  return workstationRefusals.has(code);
}
