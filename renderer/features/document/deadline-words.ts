import type { TFunction } from 'i18next';
import type { WorkTime } from '#shared/domain/issue-hours.ts';
import { checkDeadline, type DeadlineProblem } from '#shared/domain/working-time.ts';

/** What is odd about a deadline, as a warning under its field; undefined when nothing is. @param expressAt milliseconds since 1970 */
export function deadlineWarning(
  t: TFunction,
  deadline: { readonly dueAt: number; readonly expressAt: number | null },
  { hours, calendar }: WorkTime,
  now: number,
): string | undefined {
  const problems = checkDeadline(deadline, hours, calendar, now);
  return problems.length === 0 ? undefined : problems.map((problem) => wordsOf(t, problem)).join(' ');
}

function wordsOf(t: TFunction, problem: DeadlineProblem): string {
  if (problem.code !== 'day-off') return t(`outgoing.form.due.problem.${problem.code}`);
  return problem.name === null
    ? t('outgoing.form.due.problem.weekend')
    : t('outgoing.form.due.problem.holiday', { name: problem.name });
}
