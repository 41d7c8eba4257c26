import type { CallName, OwnedBy } from './contract.ts';

/**
 * The calls by owner, without their schemas: the preload script needs no more, and loads faster without zod.
 * A name missing or left over does not compile.
 */
const owners: { readonly [N in CallName]: N extends OwnedBy<'main'> ? 'main' : 'core' } = {
  'app.info': 'main',
  'app.exportDiagnostics': 'main',
  'settings.get': 'main',
  'settings.update': 'main',
  'files.pick': 'main',
  'files.saveCopy': 'main',
  'office.overview': 'core',
  'office.setUp': 'core',
  'office.search': 'core',
  'books.list': 'core',
  'books.entries': 'core',
  'books.startFrom': 'core',
  'directory.search': 'core',
  'directory.resolve': 'core',
  'certificates.list': 'core',
  'certificates.add': 'core',
  'certificates.remove': 'core',
  'exchange.check': 'core',
  'exchange.enrol': 'core',
  'exchange.syncNow': 'core',
  'exchange.setAside': 'core',
  'letters.propose': 'core',
  'letters.signedRevision': 'core',
  'outgoing.list': 'core',
  'outgoing.get': 'core',
  'outgoing.nextNumber': 'core',
  'outgoing.create': 'core',
  'outgoing.update': 'core',
  'outgoing.discard': 'core',
  'outgoing.restore': 'core',
  'outgoing.approve': 'core',
  'outgoing.reopen': 'core',
  'outgoing.assignNumber': 'core',
  'outgoing.cancel': 'core',
  'outgoing.sign': 'core',
  'outgoing.seal': 'core',
  'outgoing.send': 'core',
  'outgoing.retrySending': 'core',
  'incoming.list': 'core',
  'incoming.get': 'core',
  'incoming.nextNumber': 'core',
  'incoming.markOpened': 'core',
  'incoming.register': 'core',
  'incoming.return': 'core',
  'incoming.complete': 'core',
};

export const callOwners = owners;
export const callNames = Object.keys(owners) as readonly CallName[];
