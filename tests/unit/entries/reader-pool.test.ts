import { expect, it } from 'vitest';
import { poolReaders } from '#entries/reader-pool.ts';
import type { ProcessReader } from '#entries/process-reader.ts';

let log: string[];
let release: (() => void)[];
const twoReaders = (): ProcessReader => {
  log = [];
  release = [];
  const reader = (name: string): ProcessReader => {
    const work = async (fileId: string): Promise<never> => {
      log.push(`${name} ${fileId}`);
      if (fileId === 'bomb') await new Promise<void>((resolve) => release.push(resolve));
      return { pageCount: 1 } as never;
    };
    return {
      readMessage: work,
      readEnvelope: work,
      readMail: work,
      verify: work,
      readPage: work,
      makeSignable: work,
      signedRevision: work,
      close: () => log.push(`${name} closed`),
    };
  };
  return poolReaders([reader('a'), reader('b')]);
};

it('a file that takes all of its time holds up no other', async () => {
  const pool = twoReaders();
  const bomb = pool.readPage('bomb');
  await pool.readPage('1');
  await pool.makeSignable('2');
  expect(log).toEqual(['a bomb', 'b 1', 'b 2']);
  release.forEach((end) => end());
  await bomb;
  await pool.readMessage('3');
  pool.close();
  expect(log.slice(3)).toEqual(['a 3', 'a closed', 'b closed']);
});

it('nor any of many that are asked for at once: whichever is free takes the next', async () => {
  const pool = twoReaders();
  const bomb = pool.readPage('bomb');
  await Promise.all(['1', '2', '3', '4'].map((fileId) => pool.readMessage(fileId)));
  expect(log).toEqual(['a bomb', 'b 1', 'b 2', 'b 3', 'b 4']);
  release.forEach((end) => end());
  await bomb;
});
