import path from 'node:path';
import type { Plugin } from 'vite';
import { repositoryRoot } from './repository.ts';

const ourWords = path.join(repositoryRoot, 'renderer/i18n/vi/control-words.ts');
const wordModule = /react-aria\/dist\/private\/(\w+)\/intlStrings\.mjs$/;

/**
 * The words that react-aria says by itself: ours in Vietnamese, which it does not speak, its own in English, and none of
 * its 33 other languages. A control whose words we do not have fails the build by a missing export.
 */
export function controlWords(): Plugin {
  return {
    name: 'control-words',
    load: {
      filter: { id: wordModule },
      handler(id) {
        const room = wordModule.exec(id)?.[1] ?? '';
        return [
          `import english from '../intl/${room}/en-US.mjs';`,
          `import { ${room} as vietnamese } from ${JSON.stringify(ourWords)};`,
          `export default { 'en-US': english, 'vi-VN': { ...english, ...vietnamese } };`,
        ].join('\n');
      },
    },
  };
}
