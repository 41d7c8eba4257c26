import { useTranslation } from 'react-i18next';
import type { ActWords } from '#shared/messages/act-words.ts';
import { acts as en } from '#shared/messages/acts.en.ts';
import { acts as vi } from '#shared/messages/acts.vi.ts';

/** What the acts of the trail are called, in the language of the screen. */
export function useActWords(): ActWords {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? en : vi;
}
