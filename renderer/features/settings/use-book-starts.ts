import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Book } from '#shared/contract/books.ts';
import { useCommand } from '../../api/use-command.ts';
import { useNotify } from '../../components/notices.tsx';
import { formatNumber } from '../../i18n/format.ts';

/** What is typed beside a book and not set yet. */
export interface StartDraft {
  readonly book: Pick<Book, 'id' | 'year'>;
  readonly year: string;
  readonly last: string;
  readonly wrong: 'year' | 'last' | null;
}

export interface BookStartsForm {
  readonly busy: boolean;
  draftOf(book: Pick<Book, 'id' | 'year'>): StartDraft;
  type(draft: StartDraft): void;
  /** False when what is typed is wrong, or the book has another start for good. */
  save(draft: StartDraft): Promise<boolean>;
  saveAll(): Promise<boolean>;
  /** Why the last one was refused, beside its book. */
  failureOf(book: Pick<Book, 'id'>): ReturnType<typeof useCommand<'books.startFrom'>>['failure'];
}

const MAX_LAST = 1_000_000;

/** The last numbers of paper books, as they are typed in: kept by the screen, so that leaving it can set them. */
export function useBookStarts(): BookStartsForm {
  const { t, i18n } = useTranslation();
  const notify = useNotify();
  const start = useCommand('books.startFrom');
  const [drafts, setDrafts] = useState<Readonly<Record<string, StartDraft>>>({});
  const [tried, setTried] = useState<string | null>(null);

  const type = (draft: StartDraft) => setDrafts((before) => ({ ...before, [draft.book.id]: draft }));
  const save = async (draft: StartDraft): Promise<boolean> => {
    const year = /^2\d{3}$/u.test(draft.year.trim()) ? Number(draft.year.trim()) : null;
    const last = /^\d{1,7}$/u.test(draft.last.trim()) ? Number(draft.last.trim()) : Number.NaN;
    if (year === null || !(last <= MAX_LAST)) {
      type({ ...draft, wrong: year === null ? 'year' : 'last' });
      return false;
    }
    setTried(draft.book.id);
    const outcome = await start.run({ bookId: draft.book.id, year, last });
    if (!outcome.ok) return false;
    type({ ...draft, last: '', wrong: null });
    notify({ text: t('settings.books.saved', { number: formatNumber(last + 1, i18n.language) }), tone: 'good' });
    return true;
  };
  return {
    busy: start.busy,
    draftOf: (book) => drafts[book.id] ?? { book, year: String(book.year), last: '', wrong: null },
    type,
    save,
    saveAll: async () => {
      for (const draft of Object.values(drafts)) {
        if (draft.last.trim() !== '' && !(await save(draft))) return false;
      }
      return true;
    },
    failureOf: ({ id }) => (id === tried ? start.failure : null),
  };
}
