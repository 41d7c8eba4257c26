import path from 'node:path';

/** Every place the shell reads or writes. Absolute paths. */
export interface Locations {
  readonly dataDir: string;
  readonly rendererDir: string;
  readonly preload: string;
  readonly coreEntry: string;
  readonly signingEntry: string;
  readonly readerEntry: string;
  readonly keeperEntry: string;
  /** Fonts, agency lists, icons: what is shipped and is not code. */
  readonly resourcesDir: string;
  readonly logFile: string;
  /** Written by core; read for diagnostics only. */
  readonly coreLogFile: string;
  readonly windowIcon: string;
  readonly trayIcon: string;
  /** What was printed last to be taken in as a letter. */
  readonly printDir: string;
  readonly settingsFile: string;
  readonly secretsFile: string;
}

/** `bundleDir` holds the bundles of all processes (`main/`, `core/`, …); `resources` lies beside it. */
export function locationsOf(bundleDir: string, dataDir: string): Locations {
  const resourcesDir = path.join(bundleDir, '..', 'resources');
  return {
    dataDir,
    rendererDir: path.join(bundleDir, 'renderer'),
    preload: path.join(bundleDir, 'preload', 'preload.cjs'),
    coreEntry: path.join(bundleDir, 'core', 'core.js'),
    signingEntry: path.join(bundleDir, 'signing', 'signing.js'),
    keeperEntry: path.join(bundleDir, 'keeper', 'keeper.js'),
    readerEntry: path.join(bundleDir, 'reader', 'reader.js'),
    resourcesDir,
    windowIcon: path.join(resourcesDir, 'icons', 'icon.png'),
    trayIcon: path.join(resourcesDir, 'icons', 'tray.png'),
    logFile: path.join(dataDir, 'logs', 'main.log'),
    coreLogFile: path.join(dataDir, 'logs', 'core.log'),
    printDir: path.join(dataDir, 'printed'),
    settingsFile: path.join(dataDir, 'settings.json'),
    secretsFile: path.join(dataDir, 'secrets.json'),
  };
}
