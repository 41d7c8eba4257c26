import type { TrailFilter } from '#shared/contract/audit.ts';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import type { PickedFile } from '#shared/contract/shell.ts';
import type { Direction } from '#shared/domain/direction.ts';
import type { IncomingBox } from '#shared/domain/incoming-state.ts';
import type { OutgoingBox } from '#shared/domain/outgoing-state.ts';

export const settingsSections = [
  'office',
  'people',
  'server',
  'certificates',
  'books',
  'paper',
  'backup',
  'audit',
  'appearance',
  'about',
] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** Where in the application the user is. `id` is the open document. */
export type Place =
  | {
      readonly screen: 'incoming';
      readonly box: IncomingBox;
      readonly id: string | null;
      /** Letters are being registered, one after the other; `id` is the one whose form is open. */
      readonly registering?: true;
    }
  | { readonly screen: 'outgoing'; readonly box: OutgoingBox; readonly id: string | null }
  | {
      readonly screen: 'new-outgoing';
      readonly file: PickedFile | null;
      /** One that was begun before. */
      readonly begunKey?: string;
      /** For a letter that this program wrote: who gets it. */
      readonly recipients?: readonly DirectoryAgency[];
    }
  | { readonly screen: 'edit-outgoing'; readonly id: string }
  /** The last look before a letter is issued. */
  | { readonly screen: 'issue-outgoing'; readonly id: string }
  | { readonly screen: 'board' }
  | {
      readonly screen: 'books';
      /** Book and year as the screen's choice names them; without it the first. */
      readonly book?: string;
      /** The document that is open beside the book. */
      readonly open?: { readonly direction: Direction; readonly id: string };
    }
  | { readonly screen: 'rota' }
  | { readonly screen: 'oversight' }
  | { readonly screen: 'feedback'; readonly writes: boolean }
  | { readonly screen: 'directory' }
  | {
      readonly screen: 'settings';
      readonly section: SettingsSection;
      /** What of the audit trail is shown. */
      readonly trail?: TrailFilter;
    };

export const home: Place = { screen: 'incoming', box: 'to-register', id: null };
