import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { app, type BrowserWindow } from 'electron';
import type { EventPayload } from '#shared/contract/events.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { Settings } from '#shared/contract/shell.ts';
import { shellMessages } from '#shared/messages/shell-messages.ts';
import { createBackups } from './backup/backups.ts';
import { createKeeper } from './backup/keeper.ts';
import { createCallAnswerer } from './calls/answer-call.ts';
import { createDropAnswerer } from './calls/dropped-files.ts';
import { listenToScreens } from './calls/listen-to-screens.ts';
import { createMainHandlers, exportDiagnostics } from './calls/main-handlers.ts';
import { setApplicationMenu } from './desktop/application-menu.ts';
import { nativeDialogs } from './desktop/native-dialogs.ts';
import { noticeTarget, noticeText } from './desktop/notice-text.ts';
import { showAbout } from './desktop/show-about.ts';
import { showFailure } from './desktop/show-failure.ts';
import { windowPrinter } from './desktop/window-printer.ts';
import { showNotice } from './desktop/show-notice.ts';
import { placeTrayIcon } from './desktop/tray-icon.ts';
import { diagnosticsReport } from './diagnostics/diagnostics-report.ts';
import { errorFields } from './diagnostics/error-fields.ts';
import type { LogFile } from './diagnostics/log.ts';
import { machineFacts } from './diagnostics/machine-facts.ts';
import { createFileTokens } from './files/file-tokens.ts';
import type { LaunchOptions } from './launch-options.ts';
import type { Locations } from './locations.ts';
import type { CoreFailure } from './processes/core-supervisor.ts';
import { runAfter } from './processes/fork-core.ts';
import { keeperHost } from './processes/fork-keeper.ts';
import { startCore } from './processes/start-core.ts';
import { watchMachine } from './processes/watch-machine.ts';
import { confinePages } from './security/confine-pages.ts';
import { operatingSystemCipher } from './security/operating-system-cipher.ts';
import { createSecrets } from './security/secrets.ts';
import { serveSchemes } from './security/serve-schemes.ts';
import { applyTheme } from './settings/apply-theme.ts';
import { openElectronStore } from './settings/open-electron-store.ts';
import { loadSettings } from './settings/settings-store.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { runSmokeTest } from './smoke-test.ts';
import { openMainWindow, raiseWindow, showWindow, stayWhenClosed } from './windows/main-window.ts';
import { createRecovery } from './windows/recovery.ts';
import type { RecoveryAction } from './windows/recovery-page.ts';
import { createRestoreOffers } from './windows/restore-offers.ts';

const versions = {
  app: app.getVersion(),
  electron: process.versions.electron,
  node: process.versions.node,
  chrome: process.versions.chrome,
  platform: `${process.platform}-${process.arch}`,
};

/** Starts the application once Electron is ready. All that the shell is made of is created and connected here. */
export function runShell(options: LaunchOptions, locations: Locations, log: LogFile): void {
  log.info('started', versions);
  void app
    .whenReady()
    .then(() => {
      openShell(options, locations, log);
    })
    .catch((error: unknown) => {
      log.error('not-started', errorFields(error));
      app.exit(1);
    });
}

function openShell(options: LaunchOptions, locations: Locations, log: LogFile): void {
  const now = () => new Date();
  const settings = loadSettings(locations.settingsFile, () => openElectronStore(locations.settingsFile), log, now);
  const messages = () => shellMessages(settings.get().locale);
  const tokens = createFileTokens(randomUUID, Date.now);
  const dialogs = nativeDialogs(messages);
  const smokeTest = createSmokeTest(options, log);
  const recovery = createRecovery(
    () => window,
    () => settings.get().locale,
    recover,
  );

  let callerRoles: readonly Role[] | null = null;
  let withheld: readonly string[] = [];
  const mayRead = (fileId: string) => callerRoles !== null && !withheld.includes(fileId);
  serveSchemes(locations.rendererDir, locations.dataDir, recovery.answer, mayRead, log);
  confinePages(log, recovery.followLink);
  applyTheme(settings.get().theme);

  const faultPoint = app.isPackaged ? null : (process.env['VANTHU_FAULT_POINT'] ?? null);
  const backups = createBackups({
    dataDir: locations.dataDir,
    appVersion: versions.app,
    faultPoint,
    keeper: createKeeper(keeperHost(locations.keeperEntry), log),
    withoutCore: (work) => core.without(work),
    note: (note) => {
      core.supervisor.send({ type: 'note', ...note });
    },
    changed: () => {
      core.screens.tellAll('answers.changed', { queries: ['backup.state'] });
    },
    now,
    after: runAfter,
    log,
  });
  const offers = createRestoreOffers({
    backups,
    recovery,
    pickPlace: () => dialogs.pickBackupPlace(),
    log,
  });

  const core = startCore({
    locations,
    appVersion: versions.app,
    account: systemAccount(log),
    faultPoint,
    tokens,
    secrets: createSecrets(locations.secretsFile, operatingSystemCipher, log),
    machine: () => machineFacts(settings.get(), { ...core.supervisor.status(), ...log.counts() }),
    log,
    ready: ({ sqlite }) => {
      recovery.close();
      smokeTest.coreReady(sqlite);
    },
    beforeStart: () => backups.beforeStart(),
    gaveUp: (failure) => {
      offers.show(failure);
      smokeTest.coreFailed(failure);
    },
    callerChanged: (roles, files) => {
      callerRoles = roles;
      withheld = files;
    },
    notice: ({ notice, params }) => {
      const express = notice === 'express-arrived';
      const text = noticeText(messages(), notice, params, callerRoles === null);
      showNotice(text, express && !settings.get().expressSound, () => {
        goTo(noticeTarget(notice, params));
      });
      if (express && !window.isDestroyed()) raiseWindow(window);
    },
  });

  const diagnostics = () =>
    diagnosticsReport({
      at: now(),
      versions,
      settings: settings.get(),
      core: core.supervisor.status(),
      dataDir: locations.dataDir,
      coreLogFile: locations.coreLogFile,
      homeDir: app.getPath('home'),
      log,
    });
  const handlers = createMainHandlers({
    about: { version: versions.app, electron: versions.electron, platform: versions.platform, demo: options.demo },
    dataDir: locations.dataDir,
    mayRead,
    dialogs,
    printer: windowPrinter(() => window),
    printDir: locations.printDir,
    tokens,
    settings,
    backups,
    settingsChanged,
    diagnostics,
    now,
    log,
  });
  listenToScreens(
    createCallAnswerer(handlers, () => callerRoles, randomUUID, log),
    createDropAnswerer(tokens, randomUUID, log),
    core.screens,
  );

  const window: BrowserWindow = openMainWindow(locations, settings, log);
  const tray = placeTrayIcon(locations.trayIcon, show, log);
  stayWhenClosed(window, () => tray !== null && settings.get().staysInTray, sayOnceThatItStays());
  translate();
  smokeTest.watch(window, () => core.stop());
  backups.start();
  watchMachine({
    changed: () => core.supervisor.send({ type: 'network-changed' }),
    idle: (seconds) => core.supervisor.send({ type: 'idle', seconds }),
  });

  app.on('second-instance', show);
  app.on('window-all-closed', () => {
    app.quit();
  });
  stopCoreBeforeQuitting(() => {
    backups.stop();
    return core.stop();
  }, log);

  function show(): void {
    if (!window.isDestroyed()) showWindow(window);
  }

  /** Whoever closed the window for the first time must learn that the application goes on, and how to end it. */
  function sayOnceThatItStays(): () => void {
    let said = false;
    return () => {
      if (said) return;
      said = true;
      const { stays, staysWhy } = messages().tray;
      showNotice({ title: stays, body: staysWhy }, true, show);
    };
  }

  function goTo(target: EventPayload<'shell.navigate'> | null): void {
    show();
    if (target !== null) core.screens.tellAll('shell.navigate', target);
  }

  function settingsChanged(changed: Settings): void {
    applyTheme(changed.theme);
    translate();
    core.screens.tellAll('settings.changed', changed);
  }

  function translate(): void {
    tray?.translate(messages());
    setApplicationMenu(
      messages(),
      {
        newOutgoing: () => {
          goTo({ to: 'new-outgoing' });
        },
        settings: () => {
          goTo({ to: 'settings' });
        },
        exportDiagnostics: saveDiagnostics,
        feedback: () => {
          goTo({ to: 'write-feedback' });
        },
        about: () => {
          void showAbout(window, messages(), versions.app);
        },
      },
      !app.isPackaged,
    );
  }

  function recover(action: RecoveryAction): void {
    if (typeof action === 'object') {
      offers.restore(action.restore);
      return;
    }
    switch (action) {
      case 'choose-place':
        offers.choosePlace();
        return;
      case 'try-again':
        recovery.close();
        core.supervisor.retry();
        return;
      case 'export-diagnostics':
        saveDiagnostics();
        return;
      case 'quit':
        app.quit();
        return;
    }
  }

  function saveDiagnostics(): void {
    exportDiagnostics({ dialogs, diagnostics, now, log }).catch((error: unknown) => {
      log.error('diagnostics-not-exported', errorFields(error));
      showFailure(settings.get().locale, error instanceof CodedError ? error.code : 'UNEXPECTED');
    });
  }
}

/** Who runs this program, as the operating system knows her; a system without a name for her says nothing. */
function systemAccount(log: LogFile): string | null {
  try {
    return userInfo().username;
  } catch (error) {
    log.warn('account-unknown', errorFields(error));
    return null;
  }
}

/** Windows close at once; the process ends when core has put its books away, or after its time limit. */
function stopCoreBeforeQuitting(stop: () => Promise<void>, log: LogFile): void {
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void stop().then(() => {
      stopped = true;
      log.info('stopped');
      // In a turn of its own: while this event is being handled Electron ignores another request to quit.
      setImmediate(() => {
        app.quit();
      });
    });
  });
}

/** The parts of `--smoke-test` that the running shell reports to; without the switch they do nothing. */
function createSmokeTest({ smokeTestFile }: LaunchOptions, log: LogFile) {
  let coreReady = (_sqlite: string): void => undefined;
  let coreFailed = (_failure: CoreFailure): void => undefined;
  const core = new Promise<string>((resolve, reject) => {
    coreReady = resolve;
    coreFailed = ({ code }) => {
      reject(new Error(code));
    };
  });
  // Without the switch nobody waits for it.
  core.catch(() => undefined);

  function watch(window: BrowserWindow, stop: () => Promise<void>): void {
    if (smokeTestFile === null) return;
    const loaded = new Promise<boolean>((resolve, reject) => {
      window.webContents.once('did-finish-load', () => {
        window.webContents.executeJavaScript(confinedPage).then(resolve, reject);
      });
      window.webContents.once('did-fail-load', (_event, code) => {
        reject(new Error(`window not loaded (${code})`));
      });
    });
    void runSmokeTest({ file: smokeTestFile, versions, core, window: loaded })
      .then(async (status) => {
        await stop();
        app.exit(status);
      })
      .catch((error: unknown) => {
        log.error('smoke-test-not-written', errorFields(error));
        app.exit(1);
      });
  }

  return { coreReady, coreFailed, watch };
}

const confinedPage =
  "typeof window.api?.call === 'function' && Object.keys(window.api).length === 1 && typeof window.bridge?.on === 'function' && typeof require === 'undefined' && typeof process === 'undefined'";
