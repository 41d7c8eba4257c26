/**
 * What people at an exchange and at an office do around a restore or an enrolment, in one place, because it is the
 * operations manual that says it and the product that changes it.
 */

/** The exchange's folder was put back from an older copy, and it has not been started yet. */
export async function afterExchangeRestore(_dataFolder: string): Promise<void> {
  // Nothing is prescribed yet.
}
