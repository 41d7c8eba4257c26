import { Suspense, lazy, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrailFilter } from '#shared/contract/audit.ts';
import type { OutgoingBox } from '#shared/domain/outgoing-state.ts';
import { BoardScreen } from '../features/board/board-screen.tsx';
import { BooksScreen } from '../features/books/books-screen.tsx';
import { OversightScreen } from '../features/oversight/oversight-screen.tsx';
import { FeedbackScreen } from '../features/feedback/feedback-screen.tsx';
import { DirectoryScreen } from '../features/directory/directory-screen.tsx';
import { IncomingDocument, loadIncomingPane } from '../features/incoming/incoming-document.tsx';
import { IncomingList } from '../features/list/incoming-list.tsx';
import { OutgoingList } from '../features/list/outgoing-list.tsx';
import { useNavigation } from '../features/navigation/navigation.tsx';
import { RotaScreen } from '../features/rota/rota-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { ListBesideDocument } from './list-beside-document.tsx';

// The list comes first; the panes bring the page view and its PDF engine, three times the rest of the program.
const loadOutgoing = () => import('../features/outgoing/outgoing-pane.tsx');
/** The same each time: it is the key of what is asked. */
const wholeTrail: TrailFilter = {};

const loadForm = () => import('../features/outgoing/outgoing-form.tsx');
const loadIssue = () => import('../features/outgoing/issue/issue-screen.tsx');
const OutgoingPane = lazy(() => loadOutgoing().then((module) => ({ default: module.OutgoingPane })));
const IssueScreen = lazy(() => loadIssue().then((module) => ({ default: module.IssueScreen })));
const OutgoingForm = lazy(() => loadForm().then((module) => ({ default: module.OutgoingForm })));

/** The screen for the place the user is at. */
export function PlaceView() {
  useEffect(() => {
    // Once the list stands, so that the first document opens without a wait.
    const handle = requestIdleCallback(
      () => void Promise.all([loadIncomingPane(), loadOutgoing(), loadForm(), loadIssue()]),
    );
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
  const openCertificates = () => go({ screen: 'settings', section: 'certificates' });
  const showLetter = (id: string, box: OutgoingBox) => go({ screen: 'outgoing', box, id });

  const outgoingPane = (box: OutgoingBox, opened: string, onBox: (next: OutgoingBox) => void) => (
    <Suspense fallback={<div />}>
      <OutgoingPane
        key={opened}
        id={opened}
        box={box}
        onBox={onBox}
        onIssue={(issued) => go({ screen: 'issue-outgoing', id: issued })}
        onEdit={(draftId) => go({ screen: 'edit-outgoing', id: draftId })}
      />
    </Suspense>
  );

  switch (place.screen) {
    case 'incoming': {
      const { box, id, registering = false } = place;
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
          document={(opened) => <IncomingDocument box={box} id={opened} registering={registering} />}
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
          document={(opened) =>
            outgoingPane(box, opened, (next) => replace({ screen: 'outgoing', box: next, id: opened }))
          }
        />
      );
    }
    case 'new-outgoing':
      return (
        <OutgoingForm
          key={place.begunKey ?? place.file?.token ?? ''}
          draftId={null}
          begunKey={place.begunKey ?? null}
          picked={place.file}
          onBegun={(begunKey) => replace({ screen: 'new-outgoing', file: null, begunKey })}
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
    case 'issue-outgoing':
      return (
        <IssueScreen
          id={place.id}
          onDone={showLetter}
          onEdit={(draftId) => go({ screen: 'edit-outgoing', id: draftId })}
          onOpenCertificates={openCertificates}
        />
      );
    case 'board':
      return (
        <BoardScreen
          onBox={(box) => go({ screen: 'incoming', box, id: null })}
          onOpen={(box, id) => go({ screen: 'incoming', box, id })}
          onSign={(id) => go({ screen: 'outgoing', box: 'to-sign', id })}
          onStuck={() => go({ screen: 'outgoing', box: 'not-arrived', id: null })}
        />
      );
    case 'books':
      return (
        <ListBesideDocument
          id={place.open?.id ?? null}
          title={t('frame.document')}
          onClose={() => go({ screen: 'books', ...(place.book === undefined ? {} : { book: place.book }) })}
          list={(layout) => (
            <BooksScreen
              chosen={place.book ?? null}
              openId={place.open?.id ?? null}
              layout={layout}
              onBook={(book) => go({ screen: 'books', book })}
              onOpen={(book, direction, id) => go({ screen: 'books', book, open: { direction, id } })}
            />
          )}
          document={(opened) =>
            place.open?.direction === 'outgoing' ? (
              // Whatever is done with it, the book stays beside it.
              outgoingPane('sent', opened, () => undefined)
            ) : (
              <IncomingDocument box="in-progress" id={opened} registering={false} />
            )
          }
        />
      );
    case 'rota':
      return <RotaScreen onConnect={() => go({ screen: 'settings', section: 'server' })} />;
    case 'oversight':
      return <OversightScreen onLetter={(file, recipients) => go({ screen: 'new-outgoing', file, recipients })} />;
    case 'feedback':
      return <FeedbackScreen writes={place.writes} />;
    case 'directory':
      return <DirectoryScreen />;
    case 'settings':
      return (
        <SettingsScreen
          section={place.section}
          trail={place.trail ?? wholeTrail}
          onSection={(section) => go({ screen: 'settings', section })}
          // Back leads to the trail as it was filtered, and not through every filter.
          onTrail={(trail) => replace({ screen: 'settings', section: 'audit', trail })}
        />
      );
  }
}
