import path from 'node:path';
import { replaceFolder } from './lib/replace-folder.ts';
import { repositoryRoot } from './lib/repository.ts';
import { runScript } from './lib/run-script.ts';
import { layOutExchange } from './packaging/package-exchange.ts';

const exchangeFolder = path.join(repositoryRoot, 'release', 'exchange');

/** `npm run dist:exchange`: the exchange server as a folder that runs where there is Node and a PostgreSQL. */
await runScript(async () => {
  await replaceFolder(exchangeFolder, layOutExchange);
  process.stdout.write(`${exchangeFolder}: node server.js, node admin.js\n`);
  return 0;
});
