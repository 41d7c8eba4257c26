import { createContext, useContext } from 'react';
import type { Duty } from '#shared/domain/duty.ts';
import type { Rota } from '#shared/domain/rota.ts';
import { FormStore } from '../forms/form-store.ts';
import { mergeDrafts, sameDraft, savedDraft, type DraftFault, type DraftFaults, type RotaDraft } from './rota-draft.ts';

/** The rota being changed, and what the change began from. */
export interface RotaForm {
  readonly version: number;
  readonly base: RotaDraft;
  readonly mine: RotaDraft;
}

export const isChanged = ({ base, mine }: RotaForm): boolean => !sameDraft(base, mine);

export const ROTA_FORM = 'rota';
export const rotaForms = new FormStore<RotaForm>({ kind: 'rota', version: 1, isWorthKeeping: isChanged });

export function formOf(duty: Duty): RotaForm {
  const base = savedDraft(duty);
  return { version: duty.version, base, mine: base };
}

/** What was typed, on top of what somebody else saved. */
export function laidOver(form: RotaForm, duty: Duty): RotaForm {
  const theirs = savedDraft(duty);
  return { version: duty.version, base: theirs, mine: mergeDrafts(form.base, form.mine, theirs) };
}

/** What the side panel shows. */
export type Selection =
  | { readonly kind: 'officers'; readonly officerId: string | null }
  | { readonly kind: 'pattern' }
  | { readonly kind: 'office' }
  | { readonly kind: 'substitution'; readonly id: string }
  | { readonly kind: 'span'; readonly from: number; readonly to: number; readonly ofHead: boolean };

/** What every part of the screen needs. Instants are ms since 1970. */
export interface RotaContextValue {
  readonly draft: RotaDraft;
  /** What the draft stands for. */
  readonly rota: Rota;
  /** As the exchange has it. */
  readonly duty: Duty;
  readonly now: number;
  readonly change: (update: (draft: RotaDraft) => RotaDraft) => void;
  readonly select: (selection: Selection | null) => void;
  /** A substitution to be filled in, which is selected. */
  readonly substitute: (from: number, to: number, ofHead?: boolean) => void;
  /** What is wrong with a field, once it was left or saving was tried. */
  readonly faultOf: (field: string) => DraftFault | null;
  readonly leave: (field: string) => void;
}

export const RotaContext = createContext<RotaContextValue | null>(null);

export function useRota(): RotaContextValue {
  const value = useContext(RotaContext);
  if (value === null) throw new Error('useRota outside the rota');
  return value;
}

/** Faults that are about more than the field which is being typed: they are shown at once. */
const atOnce: ReadonlySet<DraftFault> = new Set([
  'phone-twice',
  'shift-overlaps',
  'hours-reversed',
  'hours-none',
  'substitution-reversed',
  'substitution-past',
]);

export function shownFault(faults: DraftFaults, field: string, isShown: (field: string) => boolean): DraftFault | null {
  const fault = faults.get(field) ?? null;
  return fault !== null && (atOnce.has(fault) || isShown(field)) ? fault : null;
}

/** Where the first fault is to be mended. */
export function selectionOf(field: string): Selection {
  const [kind = '', ...rest] = field.split('.');
  const id = rest.slice(0, -1).join('.');
  if (kind === 'officer') return { kind: 'officers', officerId: id };
  if (kind === 'shift') return { kind: 'pattern' };
  if (kind === 'substitution') return { kind: 'substitution', id };
  return { kind: 'office' };
}
