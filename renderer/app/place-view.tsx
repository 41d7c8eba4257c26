import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { BooksScreen } from '../features/books/books-screen.tsx';
import { DirectoryScreen } from '../features/directory/directory-screen.tsx';
import { IncomingPane } from '../features/incoming/incoming-pane.tsx';
import { IncomingList } from '../features/list/incoming-list.tsx';
import { OutgoingList } from '../features/list/outgoing-list.tsx';
import { useNavigation } from '../features/navigation/navigation.tsx';
import { OutgoingForm } from '../features/outgoing/outgoing-form.tsx';
import { OutgoingPane } from '../features/outgoing/outgoing-pane.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { ListBesideDocument } from './list-beside-document.tsx';

/** The screen for the place the user is at. */
export function PlaceView() {
  const { t } = useTranslation();
  const { place, go, leaveTo } = useNavigation();
  const openEntry = useCallback(
    (direction: 'incoming' | 'outgoing', id: string) =>
      go(
        direction === 'incoming'
          ? { screen: 'incoming', box: 'in-progress', id }
          : { screen: 'outgoing', box: 'sent', id },
      ),
    [go],
  );
  const openCertificates = () => go({ screen: 'settings', section: 'certificates' });
  const showDraft = (id: string) => leaveTo({ screen: 'outgoing', box: 'drafts', id });

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
          document={(opened) => <IncomingPane key={opened} id={opened} />}
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
            <OutgoingPane
              key={opened}
              id={opened}
              onEdit={(draftId) => go({ screen: 'edit-outgoing', id: draftId })}
              onOpenCertificates={openCertificates}
            />
          )}
        />
      );
    }
    case 'new-outgoing':
      return (
        <OutgoingForm
          draftId={null}
          picked={place.file}
          onDone={showDraft}
          onClose={() => leaveTo({ screen: 'outgoing', box: 'drafts', id: null })}
        />
      );
    case 'edit-outgoing':
      return (
        <OutgoingForm
          draftId={place.id}
          onDone={showDraft}
          onClose={() => leaveTo({ screen: 'outgoing', box: 'drafts', id: place.id })}
        />
      );
    case 'books':
      return <BooksScreen onOpen={openEntry} />;
    case 'directory':
      return <DirectoryScreen />;
    case 'settings':
      return <SettingsScreen section={place.section} onSection={(section) => go({ screen: 'settings', section })} />;
  }
}
