import i18next from 'i18next';
import type { i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '#shared/contract/shell.ts';
import { en } from './en/catalogue.ts';
import { vi } from './vi/catalogue.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof vi };
  }
}

/** The catalogues are part of the program, so the first paint already has its words. */
export function createI18n(locale: Locale): i18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: locale,
    fallbackLng: 'vi',
    resources: { vi: { translation: vi }, en: { translation: en } },
    initAsync: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
}
