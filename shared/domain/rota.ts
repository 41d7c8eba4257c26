import { z } from 'zod';
import { clockTimeSchema, weekdaySchema } from './clock-time.ts';
import { phoneSchema } from './phone-number.ts';
import { addDays, vietnamDay, vietnamInstant, weekdayOf } from './vn-date.ts';

const WEEK_MS = 7 * 86_400_000;

/** A duty day runs from 07:00 to 07:00 of the next day, so that a night is never split. */
export const DUTY_DAY_START = '07:00';

const officerIdSchema = z.string().min(1).max(64);
const nameSchema = z.string().trim().min(1).max(200);

export const officerSchema = z.strictObject({
  id: officerIdSchema,
  name: nameSchema,
  /** Chức vụ. */
  title: z.string().trim().max(200),
  phone: phoneSchema.nullable(),
  /** When the officer gave back the code that was sent to this very number; null after the number is changed. */
  phoneVerifiedAt: z.iso.datetime().nullable(),
  email: z.email().max(254).nullable(),
});
export type Officer = z.infer<typeof officerSchema>;

/** One span of every week in local hours; `to` at or before `from` is on the next day (17:00 to 07:00, 07:00 to 07:00). */
export const shiftSchema = z.strictObject({
  weekday: weekdaySchema,
  from: clockTimeSchema,
  to: clockTimeSchema,
  officerId: officerIdSchema,
});
export type Shift = z.infer<typeof shiftSchema>;

/** Trực thay: another person from one instant (included) to another (excluded), over whatever lies beneath. */
export const substitutionSchema = z.strictObject({
  id: z.string().min(1).max(64),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  officerId: officerIdSchema,
  reason: z.string().trim().max(500),
});
export type Substitution = z.infer<typeof substitutionSchema>;

/** Lịch trực of one agency: who is told of express documents at any instant. */
export const rotaSchema = z.strictObject({
  officers: z.array(officerSchema).max(200).readonly(),
  /** Weekly pattern. Where two overlap, the first listed holds. Weekends and holidays are days like others. */
  shifts: z.array(shiftSchema).max(500).readonly(),
  /** In the order in which they were made: a later one lies over an earlier one. */
  substitutions: z.array(substitutionSchema).max(2000).readonly(),
  /** Chánh Văn phòng, or who is told next. */
  headOfOffice: officerIdSchema.nullable(),
  headSubstitutions: z.array(substitutionSchema).max(2000).readonly(),
  /** The agency's own number, mostly a landline: what the sender's clerk calls. */
  officePhone: phoneSchema.nullable(),
  /** Whom to ask for there. */
  officeContact: z.string().trim().max(200).nullable(),
});
export type Rota = z.infer<typeof rotaSchema>;

/** Of an agency that has told nothing yet: every step ends in a call. */
export const emptyRota: Rota = {
  officers: [],
  shifts: [],
  substitutions: [],
  headOfOffice: null,
  headSubstitutions: [],
  officePhone: null,
  officeContact: null,
};

/** A stretch of time with one answer. Instants are milliseconds since 1970; `from` is included, `to` is not. */
export interface DutySpan {
  readonly from: number;
  readonly to: number;
  /** Null in a gap. May name nobody in `officers` when the rota is faulty: `rotaProblems` tells. */
  readonly officerId: string | null;
  readonly source: 'pattern' | 'substitution' | 'gap';
  /** Of a substitution: its id. */
  readonly substitutionId: string | null;
  /** Of a substitution: who would have been on duty without it, in order of time, each once. */
  readonly replaces: readonly string[];
}

/** What lies over one another: the first whose time holds an instant is the answer there. */
interface Layer {
  readonly from: number;
  readonly to: number;
  readonly officerId: string;
  readonly substitutionId: string | null;
}

/**
 * Who is on duty from one instant to another (milliseconds since 1970): consecutive spans without hole or overlap. The
 * screen and the sender of notices both ask this function. A span is one shift of one day, one substitution, or one gap: two spans
 * of the same officer stay two, and what is left of a shift before and after a substitution is two spans.
 */
export function dutySpans(rota: Rota, from: number, to: number): readonly DutySpan[] {
  return spansOf([...layersOf(rota.substitutions), ...patternLayers(rota.shifts, from, to)], from, to);
}

/** Who is on duty at an instant, null in a gap. */
export function onDuty(rota: Rota, at: number): string | null {
  return dutySpans(rota, at, at + 1)[0]?.officerId ?? null;
}

/** The officer of the first following span who is another person; null when there is none within two weeks. */
export function nextOnDuty(rota: Rota, at: number): string | null {
  const now = onDuty(rota, at);
  return (
    dutySpans(rota, at, at + 2 * WEEK_MS).find(({ officerId }) => officerId !== null && officerId !== now)?.officerId ??
    null
  );
}

/** Who stands for the head of office, in the same form: the head is the pattern. */
export function headSpans(rota: Rota, from: number, to: number): readonly DutySpan[] {
  const head = rota.headOfOffice === null ? [] : [{ from, to, officerId: rota.headOfOffice, substitutionId: null }];
  return spansOf([...layersOf(rota.headSubstitutions), ...head], from, to);
}

/** The head of office at an instant, or who stands in; null when there is none. */
export function headOn(rota: Rota, at: number): string | null {
  return headSpans(rota, at, at + 1)[0]?.officerId ?? null;
}

/** Times of the weekly pattern at which two shifts hold; the first listed of them is on duty. */
export function patternOverlaps(
  rota: Rota,
  from: number,
  to: number,
): readonly { readonly from: number; readonly to: number; readonly officerIds: readonly [string, string] }[] {
  const shifts = patternLayers(rota.shifts, from, to);
  return shifts.flatMap((one, index) =>
    shifts.slice(index + 1).flatMap((other) => {
      const common = { from: Math.max(one.from, other.from, from), to: Math.min(one.to, other.to, to) };
      return common.from < common.to ? [{ ...common, officerIds: [one.officerId, other.officerId] as const }] : [];
    }),
  );
}

/** The later made first. One whose end is not after its beginning holds at no instant. */
function layersOf(substitutions: readonly Substitution[]): readonly Layer[] {
  return substitutions
    .map(({ id, from, to, officerId }) => ({
      from: Date.parse(from),
      to: Date.parse(to),
      officerId,
      substitutionId: id,
    }))
    .toReversed();
}

/** The shifts of every day that reach into a stretch of time, in the order of the pattern. */
function patternLayers(shifts: readonly Shift[], from: number, to: number): readonly Layer[] {
  const days: string[] = [];
  // A shift that began on the day before may still hold.
  for (let day = addDays(vietnamDay(from), -1); day <= vietnamDay(to); day = addDays(day, 1)) days.push(day);
  return shifts.flatMap((shift) =>
    days
      .filter((day) => weekdayOf(day) === shift.weekday)
      .map((day) => ({
        from: Date.parse(vietnamInstant(day, shift.from)),
        to: Date.parse(vietnamInstant(shift.to <= shift.from ? addDays(day, 1) : day, shift.to)),
        officerId: shift.officerId,
        substitutionId: null,
      })),
  );
}

function spansOf(layers: readonly Layer[], from: number, to: number): readonly DutySpan[] {
  const near = layers.filter((layer) => layer.from < to && from < layer.to && layer.from < layer.to);
  const edges = new Set([from, to, ...near.flatMap((layer) => [layer.from, layer.to])]);
  const inside = [...edges].filter((edge) => from <= edge && edge <= to).toSorted((one, other) => one - other);
  const spans: { top: Layer | null; from: number; to: number; replaces: Set<string> }[] = [];
  for (const [index, start] of inside.slice(0, -1).entries()) {
    const end = inside[index + 1] ?? to;
    const [top = null, beneath] = near.filter((layer) => layer.from <= start && start < layer.to);
    const last = spans.at(-1);
    const span = last && last.top === top ? last : { top, from: start, to: end, replaces: new Set<string>() };
    if (span !== last) spans.push(span);
    span.to = end;
    if (top !== null && top.substitutionId !== null && beneath && beneath.officerId !== top.officerId) {
      span.replaces.add(beneath.officerId);
    }
  }
  return spans.map(({ top, replaces, ...span }) => ({
    ...span,
    officerId: top?.officerId ?? null,
    source: top === null ? 'gap' : top.substitutionId === null ? 'pattern' : 'substitution',
    substitutionId: top?.substitutionId ?? null,
    replaces: [...replaces],
  }));
}
