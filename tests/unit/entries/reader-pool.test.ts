import { expect, it } from 'vitest';
import { poolReaders } from '#entries/reader-pool.ts';
import type { ProcessReader } from '#entries/process-reader.ts';

it('a file that takes all of its time holds up no other', async () => {
  const log: string[] = [];
  const release: (() => void)[] = [];
  const reader = (name: string): ProcessReader => {
    const work = async (fileId: string): Promise<never> => {
      log.push(`${name} ${fileId}`);
      if (fileId === 'bomb') await new Promise<void>((resolve) => release.push(resolve));
      return { pageCount: 1 } as never;
    };
    return {
      readMessage: work,
      readEnvelope: work,
      verify: work,
      readPage: work,
      checkSignable: work,
      signedRevision: work,
      close: () => log.push(`${name} closed`),
    };
  };
  const pool = poolReaders([reader('a'), reader('b')]);
  const bomb = pool.readPage('bomb');
  await pool.readPage('1');
  await pool.checkSignable('2');
  expect(log).toEqual(['a bomb', 'b 1', 'b 2']);
  release.forEach((end) => end());
  await bomb;
  await pool.readMessage('3');
  pool.close();
  expect(log.slice(3)).toEqual(['a 3', 'a closed', 'b closed']);
});
