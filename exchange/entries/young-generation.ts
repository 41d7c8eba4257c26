import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's young generation at the size that it has when the server starts, 16 MB at most. It would grow to 128 MB while the
 * inbox requests of a province are opened, and not shrink as long as anything happens. Set here and not on the command line,
 * so that it holds however the server is started; V8 reads this flag whenever the generation might grow, and threads
 * begin with it.
 */
setFlagsFromString('--semi-space-growth-factor=1');
