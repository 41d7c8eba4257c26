import { keeperIn } from '#shared/domain/book.ts';
import { isNotation, tidy } from '#shared/domain/notation.ts';
import { draftingUnit, notationBy, notationChoices, templateFor } from '#shared/domain/notation-template.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find } from '../documents/document-record.ts';
import type { ReadStores } from '../ports/stores.ts';
import { bookOf, currentYear } from './numbering.ts';

type NotationCalls = Pick<
  CoreHandlers,
  'books.notations' | 'books.saveNotation' | 'books.removeNotation' | 'outgoing.notations'
>;

export function notationCalls(ctx: CoreContext): NotationCalls {
  const { registers } = ctx;
  return {
    'books.notations': () => ({ templates: [...registers.books.notations()] }),
    'books.saveNotation': ({ bookId, unitId, agency, unitIn, withYear }, _caller, transact) =>
      transact(({ stores }) => {
        const { units } = stores.people.list();
        const unit = units.find(({ id, active }) => id === unitId && active);
        if (bookId !== null) find(stores.books, bookId);
        if (unitId !== null && unit === undefined) throw new CodedError('NOT_FOUND');
        const template = { bookId, unitId, agency: tidy(agency), unitIn, withYear };
        if (!isNotation(template.agency) || template.agency.includes('/')) throw new CodedError('NOTATION_WRONG');
        stores.books.putNotation(template);
        const letter = { documentType: 'Công văn', unit: unit?.abbreviation ?? '', year: currentYear(ctx) };
        return { example: notationBy(template, letter) };
      }),
    'books.removeNotation': ({ bookId, unitId }, _caller, transact) =>
      transact(({ stores }) => {
        const template = stores.books.notations().find((each) => each.bookId === bookId && each.unitId === unitId);
        if (template === undefined) throw new CodedError('NOT_FOUND');
        stores.books.dropNotation(bookId, unitId);
        return { agency: template.agency };
      }),
    'outgoing.notations': (letter) => {
      const { proposed, choices } = notationsFor(registers, letter, currentYear(ctx));
      return { proposed, choices: choices.map(({ notation, units }) => ({ notation, units: [...units] })) };
    },
  };
}

/** What the office's templates make for a letter: all that it may have, and that of the unit that drafted it. */
export function notationsFor(
  registers: Pick<ReadStores, 'books' | 'people'>,
  { documentType, recipientLines }: { readonly documentType: string; readonly recipientLines: readonly string[] },
  year: number,
) {
  const templates = registers.books.notations();
  if (templates.length === 0) return { proposed: null, choices: [] };
  const { units } = registers.people.list();
  const bookId = bookOf(registers, 'outgoing', documentType);
  const unit = draftingUnit(keeperIn(recipientLines), units);
  const template = templateFor(templates, bookId, unit?.id ?? null);
  const abbreviation = unit?.abbreviation ?? '';
  return {
    proposed: template === null ? null : notationBy(template, { documentType, unit: abbreviation, year }),
    choices: notationChoices(templates, units, bookId, { documentType, year }),
  };
}
