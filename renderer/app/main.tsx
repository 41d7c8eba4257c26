import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { defaultSettings } from '#shared/contract/shell.ts';
import { call } from '../api/api.ts';
import { createQueryClient } from '../api/query-client.ts';
import { callKey } from '../api/use-call.ts';
import { createI18n } from '../i18n/i18n.ts';
import '../styles/base.css';
import { App } from './app.tsx';

/** Settings first, so that the first paint already has the right language and colours. */
async function start(root: HTMLElement): Promise<void> {
  const client = createQueryClient();
  const settings = await call('settings.get', {}).catch(() => defaultSettings);
  client.setQueryData(callKey('settings.get', {}), settings);
  document.documentElement.dataset['theme'] = settings.theme;
  createRoot(root).render(
    <StrictMode>
      <App client={client} i18n={createI18n(settings.locale)} />
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
