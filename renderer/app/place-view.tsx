import { Suspense, lazy, useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Direction } from '#shared/domain/direction.ts';
import type { OutgoingBox } from '#shared/domain/outgoing-state.ts';
import { BooksScreen } from '../features/books/books-screen.tsx';
import { OversightScreen } from '../features/oversight/oversight-screen.tsx';
import { DirectoryScreen } from '../features/directory/directory-screen.tsx';
import { IncomingList } from '../features/list/incoming-list.tsx';
import { OutgoingList } from '../features/list/outgoing-list.tsx';
import { useNavigation } from '../features/navigation/navigation.tsx';
import { RotaScreen } from '../features/rota/rota-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { ListBesideDocument } from './list-beside-document.tsx';

// The list comes first; the panes bring the page view and its PDF engine, three times the rest of the program.
const loadIncoming = () => import('../features/incoming/incoming-pane.tsx');
const loadOutgoing = () => import('../features/outgoing/outgoing-pane.tsx');
const loadForm = () => import('../features/outgoing/outgoing-form.tsx');
const IncomingPane = lazy(() => loadIncoming().then((module) => ({ default: module.IncomingPane })));
const OutgoingPane = lazy(() => loadOutgoing().then((module) => ({ default: module.OutgoingPane })));
const OutgoingForm = lazy(() => loadForm().then((module) => ({ default: module.OutgoingForm })));

/** The screen for the place the user is at. */
export function PlaceView() {
  useEffect(() => {
    // Once the list stands, so that the first document opens without a wait.
    const handle = requestIdleCallback(() => void Promise.all([loadIncoming(), loadOutgoing(), loadForm()]));
    return () => cancelIdleCallback(handle);
  }, []);
  return (
    <Suspense fallback={<div />}>
      <CurrentPlace />
    </Suspense>
  );
}

function CurrentPlace() {
  const { t } = useTranslation();
  const { place, go, replace } = useNavigation();
  const openEntry = useCallback(
    (direction: Direction, id: string) =>
      go(
        direction === 'incoming'
          ? { screen: 'incoming', box: 'in-progress', id }
          : { screen: 'outgoing', box: 'sent', id },
      ),
    [go],
  );
  const openCertificates = () => go({ screen: 'settings', section: 'certificates' });
  const showLetter = (id: string, box: OutgoingBox) => go({ screen: 'outgoing', box, id });

  switch (place.screen) {
    case 'incoming': {
      const { box, id } = place;
      return (
        <ListBesideDocument
          id={id}
          title={t('frame.document')}
          onClose={() => go({ screen: 'incoming', box, id: null })}
          list={(layout) => (
            <IncomingList
              box={box}
              selectedId={id}
              layout={layout}
              onOpen={(opened) => go({ screen: 'incoming', box, id: opened })}
              onBox={(chosen) => go({ screen: 'incoming', box: chosen, id: null })}
            />
          )}
          document={(opened) => (
            <Suspense fallback={<div />}>
              <IncomingPane key={opened} id={opened} />
            </Suspense>
          )}
        />
      );
    }
    case 'outgoing': {
      const { box, id } = place;
      return (
        <ListBesideDocument
          id={id}
          title={t('frame.document')}
          onClose={() => go({ screen: 'outgoing', box, id: null })}
          list={(layout) => (
            <OutgoingList
              box={box}
              selectedId={id}
              layout={layout}
              onOpen={(opened) => go({ screen: 'outgoing', box, id: opened })}
              onBox={(chosen) => go({ screen: 'outgoing', box: chosen, id: null })}
            />
          )}
          document={(opened) => (
            <Suspense fallback={<div />}>
              <OutgoingPane
                key={opened}
                id={opened}
                box={box}
                onBox={(next) => replace({ screen: 'outgoing', box: next, id: opened })}
                onEdit={(draftId) => go({ screen: 'edit-outgoing', id: draftId })}
                onOpenCertificates={openCertificates}
              />
            </Suspense>
          )}
        />
      );
    }
    case 'new-outgoing':
      return (
        <OutgoingForm
          draftId={null}
          picked={place.file}
          recipients={place.recipients ?? null}
          onDone={showLetter}
          onClose={() => go({ screen: 'outgoing', box: 'drafts', id: null })}
        />
      );
    case 'edit-outgoing':
      return (
        <OutgoingForm
          draftId={place.id}
          onDone={showLetter}
          onClose={() => go({ screen: 'outgoing', box: 'drafts', id: place.id })}
        />
      );
    case 'books':
      return <BooksScreen onOpen={openEntry} />;
    case 'rota':
      return <RotaScreen onConnect={() => go({ screen: 'settings', section: 'server' })} />;
    case 'oversight':
      return <OversightScreen onLetter={(file, recipients) => go({ screen: 'new-outgoing', file, recipients })} />;
    case 'directory':
      return <DirectoryScreen />;
    case 'settings':
      return <SettingsScreen section={place.section} onSection={(section) => go({ screen: 'settings', section })} />;
  }
}
