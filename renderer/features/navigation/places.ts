import type { DirectoryAgency } from '#shared/contract/directory.ts';
import type { PickedFile } from '#shared/contract/shell.ts';
import type { IncomingBox } from '#shared/domain/incoming-state.ts';
import type { OutgoingBox } from '#shared/domain/outgoing-state.ts';

export const settingsSections = ['office', 'server', 'certificates', 'books', 'paper', 'appearance', 'about'] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** Where in the application the user is. `id` is the open document. */
export type Place =
  | { readonly screen: 'incoming'; readonly box: IncomingBox; readonly id: string | null }
  | { readonly screen: 'outgoing'; readonly box: OutgoingBox; readonly id: string | null }
  | {
      readonly screen: 'new-outgoing';
      readonly file: PickedFile | null;
      /** For a letter that this program wrote: who gets it. */
      readonly recipients?: readonly DirectoryAgency[];
    }
  | { readonly screen: 'edit-outgoing'; readonly id: string }
  | { readonly screen: 'books' }
  | { readonly screen: 'rota' }
  | { readonly screen: 'oversight' }
  | { readonly screen: 'directory' }
  | { readonly screen: 'settings'; readonly section: SettingsSection };

export const home: Place = { screen: 'incoming', box: 'to-register', id: null };
