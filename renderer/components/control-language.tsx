import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { I18nProvider } from 'react-aria-components/I18nProvider';

/** Lets the controls speak and sort in the language of the application. Once, around it. */
export function ControlLanguage({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation();
  return <I18nProvider locale={i18n.language === 'en' ? 'en-GB' : 'vi-VN'}>{children}</I18nProvider>;
}
