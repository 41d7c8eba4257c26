import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { errorFields } from './diagnostics/error-fields.ts';
import { openLog } from './diagnostics/log.ts';
import { readLaunchOptions } from './launch-options.ts';
import { locationsOf } from './locations.ts';
import { prepareDataFolder } from './prepare-data-folder.ts';
import { runShell } from './run-shell.ts';
import { registerSchemes } from './security/register-schemes.ts';

const options = readLaunchOptions(process.argv, process.env, app.getPath('userData'));
const dataFolder = prepareDataFolder(options.dataDir);
const bundleDir = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const locations = locationsOf(bundleDir, dataFolder.path);

// The browser's own files, and with them the lock against a second instance, lie inside the data folder: instances on
// different folders may run side by side.
if (dataFolder.usable) app.setPath('userData', path.join(dataFolder.path, 'profile'));

if (app.requestSingleInstanceLock()) {
  const log = openLog(locations.logFile, () => new Date());
  process.on('uncaughtException', (error) => {
    log.error('uncaught-exception', { correlationId: randomUUID(), ...errorFields(error) });
  });
  process.on('unhandledRejection', (reason) => {
    log.error('unhandled-rejection', { correlationId: randomUUID(), ...errorFields(reason) });
  });
  registerSchemes();
  // Windows shows notifications only of an application that it knows: this is the installer's identifier.
  app.setAppUserModelId('vn.vanthu.desktop');
  runShell(options, locations, log);
} else {
  // The first instance has been told and shows itself; nothing was opened here.
  app.exit(0);
}
