import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventPayload } from '#shared/contract/events.ts';
import { isMailFile } from '#shared/domain/mail-format.ts';
import type { SearchHit } from '#shared/contract/office.ts';
import { useEvent } from '../api/api-provider.tsx';
import { Button } from '../components/button.tsx';
import { useShortcut } from '../components/use-shortcut.tsx';
import { KeysDialog } from '../features/help/keys-dialog.tsx';
import { UnsureBooks } from '../features/books/unsure-books.tsx';
import { StrangeForms } from '../features/forms/strange-forms.tsx';
import { UnkeptBanner } from '../features/forms/unkept-banner.tsx';
import { useTakeIn } from '../features/incoming/use-take-in.ts';
import { useNavigation } from '../features/navigation/navigation.tsx';
import type { Place } from '../features/navigation/places.ts';
import { SideNav } from '../features/navigation/side-nav.tsx';
import { SearchBox } from '../features/search/search-box.tsx';
import { CoreBanner } from '../features/status/core-banner.tsx';
import { StatusBar } from '../features/status/status-bar.tsx';
import { DropTarget } from './drop-target.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { PlaceView } from './place-view.tsx';
import { SignedInPerson } from './signed-in-person.tsx';
import styles from './frame.module.css';

/** The window: top bar, navigation, the place the user is at, status bar. */
export function Frame({ agencyName }: { readonly agencyName: string }) {
  const { t } = useTranslation();
  const { place, go, back, canGoBack } = useNavigation();
  const takeIn = useTakeIn();
  const [searchKey, setSearchKey] = useState(0);
  const newDocument = useCallback(() => go({ screen: 'new-outgoing', file: null }), [go]);
  useShortcut('Ctrl+N', newDocument);
  useShortcut('Alt+ArrowLeft', back, canGoBack);
  const [showsKeys, setShowsKeys] = useState(false);
  useShortcut('F1', () => setShowsKeys(true));
  useShortcut('Ctrl+/', () => setShowsKeys(true));

  useEvent('shell.navigate', ({ to, id }) => {
    if (to === 'search') setSearchKey((key) => key + 1);
    else go(shellPlace(to, id ?? null));
  });

  const openHit = (hit: SearchHit) => {
    const stays = place.screen === hit.direction;
    if (hit.direction === 'incoming') {
      go({ screen: 'incoming', box: stays && place.screen === 'incoming' ? place.box : 'to-register', id: hit.id });
    } else {
      go({ screen: 'outgoing', box: stays && place.screen === 'outgoing' ? place.box : 'sent', id: hit.id });
    }
  };

  return (
    <DropTarget
      // An e-mail came in any case; beside what came, a PDF did as well.
      onFile={(file) =>
        isMailFile(file.name) || place.screen === 'incoming'
          ? void takeIn.drop(file)
          : go({ screen: 'new-outgoing', file })
      }
    >
      <div className={styles.frame}>
        <header className={styles.top}>
          <div className={styles.agency} title={agencyName}>
            {agencyName}
          </div>
          <SearchBox onChoose={openHit} focusKey={searchKey} />
          <div className={styles.right}>
            <SignedInPerson />
            <Button kbd="Ctrl+N" onClick={newDocument}>
              {t('frame.newDocument')}
            </Button>
          </div>
        </header>
        <SideNav />
        <main className={styles.main}>
          <CoreBanner />
          <UnkeptBanner />
          <UnsureBooks />
          <StrangeForms />
          <ErrorBoundary resetKey={JSON.stringify(place)} onReport={() => go({ screen: 'feedback', writes: true })}>
            <PlaceView />
          </ErrorBoundary>
        </main>
        <StatusBar onKeys={() => setShowsKeys(true)} />
        {showsKeys && <KeysDialog onClose={() => setShowsKeys(false)} />}
      </div>
    </DropTarget>
  );
}

function shellPlace(to: Exclude<EventPayload<'shell.navigate'>['to'], 'search'>, id: string | null): Place {
  switch (to) {
    case 'new-outgoing':
      return { screen: 'new-outgoing', file: null };
    case 'to-register':
      return { screen: 'incoming', box: 'to-register', id };
    case 'settings':
      return { screen: 'settings', section: 'office' };
    case 'feedback':
    case 'write-feedback':
      return { screen: 'feedback', writes: to === 'write-feedback' };
  }
}
