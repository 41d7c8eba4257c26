import type { QueryClient } from '@tanstack/react-query';
import type { i18n as I18n } from 'i18next';
import { useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { ApiProvider } from '../api/api-provider.tsx';
import { useCall } from '../api/use-call.ts';
import { ControlLanguage } from '../components/control-language.tsx';
import { NoticeProvider } from '../components/notices.tsx';
import { ShortcutProvider } from '../components/use-shortcut.tsx';
import { useFormsBack } from '../features/forms/use-forms-back.ts';
import { NavigationProvider } from '../features/navigation/navigation.tsx';
import { SetUpScreen } from '../features/set-up/set-up-screen.tsx';
import { useSettings } from '../features/settings/use-settings.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { Gate } from './gate.tsx';
import { Opening } from './opening.tsx';

interface AppProps {
  readonly client: QueryClient;
  readonly i18n: I18n;
}

export function App({ client, i18n }: AppProps) {
  return (
    <I18nextProvider i18n={i18n}>
      <ApiProvider client={client}>
        <ErrorBoundary>
          <ControlLanguage>
            <ShortcutProvider>
              <NoticeProvider>
                <Appearance i18n={i18n} />
                <Gate>
                  <Start />
                </Gate>
              </NoticeProvider>
            </ShortcutProvider>
          </ControlLanguage>
        </ErrorBoundary>
      </ApiProvider>
    </I18nextProvider>
  );
}

/** Follows the settings: language and theme change at once, without a restart. */
function Appearance({ i18n }: { readonly i18n: I18n }) {
  const { locale, theme } = useSettings();
  useEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dataset['theme'] = theme;
    if (i18n.language !== locale) void i18n.changeLanguage(locale);
  }, [i18n, locale, theme]);
  return null;
}

/** An office without a name is set up first; after that the list is the home. */
function Start() {
  const identity = useCall('office.identity', {});
  // What the frame shows from its first moment, asked for at once; nothing in it may appear later.
  const shown = [useCall('office.counts', {}), useCall('exchange.line', {}), useCall('books.list', {})];
  const forms = useFormsBack();
  const [settingUp, setSettingUp] = useState(false);
  const isNew = identity.data?.agency === null;
  // Once begun it goes on to its last step, though the office has its name after the first.
  useEffect(() => {
    if (isNew) setSettingUp(true);
  }, [isNew]);

  const office = identity.data;
  if (office && (isNew || settingUp)) return <SetUpScreen office={office} onFinish={() => setSettingUp(false)} />;
  const waitingFor = [identity, ...shown].filter((each) => each.data === undefined);
  if (!office || waitingFor.length > 0 || !forms.isDone) return <Opening waitingFor={waitingFor} beside={forms} />;
  return (
    <NavigationProvider>
      <Frame agencyName={office.agency?.name ?? ''} />
    </NavigationProvider>
  );
}
