import path from 'node:path';
import { replaceFolder } from './lib/replace-folder.ts';
import { repositoryRoot } from './lib/repository.ts';
import { runScript } from './lib/run-script.ts';
import { layOutExchange } from './packaging/package-exchange.ts';

const EXCHANGE_FOLDER = path.join(repositoryRoot, 'release', 'exchange');

/** `npm run dist:exchange`: the exchange server as a folder that runs where there is Node and a PostgreSQL. */
await runScript(async () => {
  await replaceFolder(EXCHANGE_FOLDER, layOutExchange);
  process.stdout.write(`${EXCHANGE_FOLDER}: node server.js, node admin.js\n`);
  return 0;
});
