import type { KeptDuty } from '#shared/domain/duty.ts';

export interface DutyReads {
  /** The last copy of this office's rota; null before the first. */
  kept(): KeptDuty | null;
}

export interface DutyWrites extends DutyReads {
  keep(duty: KeptDuty): void;
  /** Of another exchange or another agency nothing is known. */
  forget(): void;
}
