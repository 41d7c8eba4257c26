import path from 'node:path';
import type { Plugin } from 'vite';
import { repositoryRoot } from './repository.ts';

const OURS = path.join(repositoryRoot, 'renderer/i18n/vi/control-words.ts');
const WORDS = /react-aria\/dist\/private\/(\w+)\/intlStrings\.mjs$/;

/**
 * The words that react-aria says by itself: ours in Vietnamese, which it does not speak, its own in English, and none of
 * its 33 other languages. A control whose words we do not have fails the build by a missing export.
 */
export function controlWords(): Plugin {
  return {
    name: 'control-words',
    load: {
      filter: { id: WORDS },
      handler(id) {
        const room = WORDS.exec(id)?.[1] ?? '';
        return [
          `import english from '../intl/${room}/en-US.mjs';`,
          `import { ${room} as vietnamese } from ${JSON.stringify(OURS)};`,
          `export default { 'en-US': english, 'vi-VN': { ...english, ...vietnamese } };`,
        ].join('\n');
      },
    },
  };
}
