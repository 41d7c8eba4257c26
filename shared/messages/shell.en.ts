import type { ShellMessages } from './shell.vi.ts';

export const shellEn = {
  menu: {
    file: '&File',
    newOutgoing: '&New outgoing document…',
    settings: '&Settings',
    exportDiagnostics: 'Export &diagnostics…',
    quit: '&Quit',
    edit: '&Edit',
    undo: '&Undo',
    redo: '&Redo',
    cut: 'Cu&t',
    copy: '&Copy',
    paste: '&Paste',
    selectAll: 'Select &all',
    view: '&View',
    zoomIn: 'Zoom &in',
    zoomOut: 'Zoom &out',
    resetZoom: '&Actual size',
    fullScreen: '&Full screen',
    help: '&Help',
    about: '&About Văn Thư',
  },
  tray: {
    tooltip: 'Văn Thư',
    open: 'Open Văn Thư',
    quit: 'Quit',
    stays: 'Văn Thư keeps running in the tray',
    staysWhy:
      'Express documents are announced as they arrive. To end it, right-click its icon in the tray and choose Quit.',
  },
  about: {
    title: 'About Văn Thư',
    text: 'Văn Thư {version}',
    detail: 'Registers, signs and exchanges official documents.\nElectron {electron}',
    close: 'Close',
  },
  dialogs: {
    pickLetter: 'Choose a document (PDF file)',
    pickCertificate: 'Choose a certificate file (PKCS#12)',
    pickImage: 'Choose a signature or seal image (PNG)',
    pick: 'Choose',
    saveCopy: 'Save a copy',
    save: 'Save',
    exportDiagnostics: 'Save diagnostics',
    diagnosticsName: 'van-thu-diagnostics',
    filterPdf: 'PDF files',
    filterEdxml: 'Electronic document packages',
    filterPkcs12: 'PKCS#12 files',
    filterPng: 'PNG images',
    filterJson: 'JSON files',
  },
  /** Of a notice of an express document with a fixed hour. */
  openBefore: 'Open before {time} on {date}',
  notices: {
    'express-arrived': { title: 'Express document received', body: '{agencyName} · {codeText}\n{abstract}\n{until}' },
    arrived: { title: 'Incoming documents', body: '{count} new documents to register' },
    refused: { title: 'Document returned', body: '{agencyName} returned {codeText}\n{reason}' },
    'extension-asked': {
      title: 'Extension asked for',
      body: '{agencyName} asks for more time for {codeText}\n{reason}',
    },
    'hour-changed': {
      title: 'Express hour changed',
      body: '{agencyName} changed the hour of {codeText}. Open Văn Thư to see it.',
    },
    'sending-blocked': {
      title: 'Document not sent yet',
      body: '{codeText} is kept on this computer. Open it to see why and to send it again.',
    },
  },
  recovery: {
    heading: 'Văn Thư could not open its records',
    keptLabel: 'What is kept',
    nextLabel: 'What to do',
    codeLabel: 'Error code',
    tryAgain: 'Try again',
    exportDiagnostics: 'Export diagnostics',
    quit: 'Quit',
  },
  failures: {
    FOLDER_IN_USE: {
      what: 'Another running Văn Thư is using the data folder.',
      kept: 'Your data is intact; nothing was written.',
      next: 'Use the Văn Thư window that is already open. If you see none, close Văn Thư in the other sign-in sessions on this computer, then choose Try again.',
    },
    DATABASE_NEWER: {
      what: 'The data was written by a newer version of Văn Thư.',
      kept: 'Your data is intact; this version neither opened nor changed it.',
      next: 'Update Văn Thư on this computer to the latest version, then start it again.',
    },
    DATABASE_DAMAGED: {
      what: 'The database file is damaged.',
      kept: 'The damaged file and the backups are kept in the data folder; PDF documents are stored apart and not affected.',
      next: 'Export diagnostics and send them to your IT officer, who restores a backup. Do not delete the data folder.',
    },
    FOLDER_NOT_WRITABLE: {
      what: 'The data folder cannot be written to.',
      kept: 'The data already stored is intact.',
      next: 'Check the permissions and the disk of the data folder (it may be read-only or disconnected), then choose Try again.',
    },
    DISK_FULL: {
      what: 'The disk is full.',
      kept: 'The data already stored is intact; unfinished work left nothing behind.',
      next: 'Free some space on the disk, then choose Try again.',
    },
    CORE_CRASHED: {
      what: 'The part that keeps the records stopped several times in a row.',
      kept: 'Everything finished before is intact; what was unfinished can be repeated without duplicates. What you were typing is still in the main window.',
      next: 'Choose Try again. If it fails again, export diagnostics and send them to your IT officer.',
    },
    UNEXPECTED: {
      what: 'Something unexpected happened while opening the data.',
      kept: 'The data already stored is intact.',
      next: 'Choose Try again. If it fails again, export diagnostics and send them to your IT officer.',
    },
  },
} as const satisfies ShellMessages;
