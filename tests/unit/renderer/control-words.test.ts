import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import * as vietnamese from '#renderer/i18n/vi/control-words.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';

it.each(Object.entries(vietnamese))('the %s says in Vietnamese all that it says in English', async (room, words) => {
  const file = path.join(repositoryRoot, `node_modules/react-aria/dist/private/intl/${room}/en-US.mjs`);
  const english = (await import(pathToFileURL(file).href)) as { default: Record<string, unknown> };
  const kinds = (each: object) => Object.entries(each).map(([key, text]) => `${key}: ${typeof text}`);
  expect(kinds(words).toSorted()).toEqual(kinds(english.default).toSorted());
});
