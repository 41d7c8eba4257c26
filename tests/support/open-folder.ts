import Database from 'better-sqlite3';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';

// A second process on a data folder: opens it, says how that ended, and holds it until it is killed.
// With `--as-nobody` it first gives up root's rights, which would open any folder.
const [folder = '', ...flags] = process.argv.slice(2);
if (flags.includes('--as-nobody') && process.getuid?.() === 0) {
  // The native module loads at its first use, and nobody may be unable to reach the checkout.
  new Database(':memory:').close();
  process.setgid?.(65534);
  process.setuid?.(65534);
}
try {
  const opened = openRegisters(folder, noLog);
  process.stdout.write('open\n');
  // Refers to what is open: once it is garbage its connections close, and the lock on the folder falls.
  setInterval(() => opened, 1_000);
} catch (error) {
  process.stdout.write(`${error instanceof Error && 'code' in error ? String(error.code) : String(error)}\n`);
}
