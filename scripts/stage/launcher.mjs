// The default app of the staged Electron: runs the application folder named as the first plain argument. Stock Electron
// does the same by its built-in default_app.asar.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (folder === undefined) {
  process.stderr.write('usage: electron <application folder> [arguments]\n');
  app.exit(2);
} else {
  const appPath = path.resolve(folder);
  const manifest = JSON.parse(readFileSync(path.join(appPath, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  app.setVersion(manifest.version);
  app.setName(manifest.productName ?? manifest.name);
  app.setAppPath(appPath);
  await import(pathToFileURL(path.join(appPath, manifest.main)).href);
}
