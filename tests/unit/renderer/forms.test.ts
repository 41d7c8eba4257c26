import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { CallFailure } from '#renderer/api/call-failure.ts';
import { FormKeeper, type FormDisk } from '#renderer/features/forms/form-keeper.ts';
import { FormStore } from '#renderer/features/forms/form-store.ts';
import { textsOf } from '#renderer/features/forms/texts-of.ts';

interface Typed {
  readonly text: string;
}

/** A register that can fail, and what it has been asked to keep. */
function createDisk() {
  const kept = new Map<string, { version: number; body: string; files: readonly string[]; at: number }>();
  let at = 0;
  let fails: CallFailure | null = null;
  const writes: string[] = [];
  const orFail = (): void => {
    if (fails !== null) throw fails;
  };
  const disk: FormDisk = {
    list: async () => ({
      personId: 'me',
      forms: [...kept]
        .toSorted(([, one], [, other]) => other.at - one.at)
        .map(([id, { version, at: when }]) => {
          const [kind = '', key = ''] = id.split(' ');
          return { kind, key, version, keptAt: new Date(when).toISOString() };
        }),
    }),
    read: async ({ kind, key }) => {
      const form = kept.get(`${kind} ${key}`);
      if (form === undefined) throw new CallFailure({ code: 'NOT_FOUND' });
      return { version: form.version, body: form.body };
    },
    keep: async (_personId, { kind, key }, form) => {
      orFail();
      at += 1;
      writes.push(form.body);
      kept.set(`${kind} ${key}`, { ...form, at });
    },
    forget: async (_personId, { kind, key }) => {
      orFail();
      kept.delete(`${kind} ${key}`);
    },
  };
  return { disk, kept, writes, fail: (failure: CallFailure | null) => (fails = failure) };
}

const storeOn = (keeper: FormKeeper, version = 1, kind = 'letter') =>
  new FormStore<Typed>(
    { kind, version, isWorthKeeping: ({ text }) => text !== '', filesOf: ({ text }) => [`file of ${text}`] },
    keeper,
  );

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a form being filled in', () => {
  it('is kept until it is forgotten, and tells who watches', () => {
    const store = storeOn(new FormKeeper(createDisk().disk));
    let heard = 0;
    const stop = store.subscribe(() => {
      heard += 1;
    });
    store.set('a', { text: 'Đắk Lắk' });
    expect(store.get('a')).toEqual({ text: 'Đắk Lắk' });
    expect(store.get('b')).toBeNull();
    expect(store.keys()).toEqual(['a']);
    store.delete('b');
    store.delete('a');
    stop();
    store.set('a', { text: 'x' });
    expect(heard).toBe(2);
  });

  it('is on disk within a second of each key, however long somebody types without a pause', async () => {
    const { disk, kept } = createDisk();
    const store = storeOn(new FormKeeper(disk));
    let text = '';
    for (let key = 0; key < 100; key += 1) {
      text += 'a';
      store.set('new:1', { text });
      await vi.advanceTimersByTimeAsync(90);
      const onDisk = kept.get('letter new:1');
      // Eleven keys of 90 ms are a second.
      const typedASecondAgo = Math.max(0, key + 1 - 11);
      if (typedASecondAgo > 0) {
        expect((JSON.parse(onDisk?.body ?? '{"text":""}') as Typed).text.length).toBeGreaterThanOrEqual(
          typedASecondAgo,
        );
      }
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(kept.get('letter new:1')).toMatchObject({ body: JSON.stringify({ text }), files: [`file of ${text}`] });
  });

  it('is not written twice while nothing changes, and gone from the disk once it is empty', async () => {
    const { disk, kept, writes } = createDisk();
    const store = storeOn(new FormKeeper(disk));
    store.set('a', { text: 'một' });
    await vi.advanceTimersByTimeAsync(1000);
    store.set('a', { text: 'một' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(writes).toHaveLength(1);
    store.set('a', { text: '' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(kept.size).toBe(0);
    expect(store.keys()).toEqual([]);
  });

  it('is tried again while core is away or the disk is full, and says so; a refusal waits for the next key', async () => {
    const { disk, kept, fail } = createDisk();
    const keeper = new FormKeeper(disk);
    const store = storeOn(keeper);
    for (const failure of [
      new CallFailure({ code: 'CORE_UNAVAILABLE', retryable: true }),
      new CallFailure({ code: 'DISK_FULL' }),
    ]) {
      fail(failure);
      store.set('a', { text: failure.code });
      await vi.advanceTimersByTimeAsync(5000);
      expect(keeper.failure()?.code).toBe(failure.code);
      fail(null);
      await vi.advanceTimersByTimeAsync(1500);
      expect(keeper.failure()).toBeNull();
      expect(kept.get('letter a')?.body).toBe(JSON.stringify({ text: failure.code }));
    }
    fail(new CallFailure({ code: 'INVALID_INPUT' }));
    store.set('a', { text: 'quá dài' });
    await vi.advanceTimersByTimeAsync(5000);
    expect(keeper.failure()?.code).toBe('INVALID_INPUT');
    expect(vi.getTimerCount()).toBe(0);
    fail(null);
    store.set('a', { text: 'vừa' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(keeper.failure()).toBeNull();
    expect(kept.get('letter a')?.body).toBe(JSON.stringify({ text: 'vừa' }));
  });

  it('is written at once when the window goes', async () => {
    const { disk, kept } = createDisk();
    const keeper = new FormKeeper(disk);
    storeOn(keeper).set('a', { text: 'một' });
    keeper.hurry();
    await Promise.resolve();
    expect(kept.get('letter a')?.body).toBe(JSON.stringify({ text: 'một' }));
  });
});

describe('forms of before', () => {
  it('are back when the window opens, in the order of their beginning, also for a screen that is loaded later', async () => {
    const { disk } = createDisk();
    const before = storeOn(new FormKeeper(disk));
    for (const text of ['một', 'hai']) {
      before.set(text, { text });
      await vi.advanceTimersByTimeAsync(1000);
    }
    const keeper = new FormKeeper(disk);
    const early = storeOn(keeper);
    await keeper.bringBack();
    expect(early.keys()).toEqual(['một', 'hai']);
    const lateKeeper = new FormKeeper(disk);
    await lateKeeper.bringBack();
    const late = storeOn(lateKeeper);
    expect(late.get('hai')).toEqual({ text: 'hai' });
    // Thrown away here, it is gone for the next window.
    late.delete('hai');
    await vi.advanceTimersByTimeAsync(1000);
    expect((await disk.list()).forms.map(({ key }) => key)).toEqual(['một']);
  });

  it('of another version are shown until they are dropped, and overwrite nothing', async () => {
    const { disk, kept } = createDisk();
    storeOn(new FormKeeper(disk)).set('a', { text: 'Về việc cũ' });
    await vi.advanceTimersByTimeAsync(1000);
    const keeper = new FormKeeper(disk);
    const store = storeOn(keeper, 2);
    await keeper.bringBack();
    expect(store.get('a')).toBeNull();
    const [strange] = keeper.strange();
    expect(textsOf(strange?.body ?? '')).toEqual(['Về việc cũ']);
    if (strange !== undefined) await keeper.drop(strange);
    expect(keeper.strange()).toEqual([]);
    expect(kept.size).toBe(0);
  });

  it('of one person are not shown to the next', async () => {
    const { disk, kept } = createDisk();
    const keeper = new FormKeeper(disk);
    const store = storeOn(keeper);
    store.set('a', { text: 'của tôi' });
    await vi.advanceTimersByTimeAsync(1000);
    kept.clear();
    await keeper.bringBack();
    expect(store.get('a')).toBeNull();
    expect(store.keys()).toEqual([]);
  });

  it('are what was typed last, whatever was typed, thrown away and refused in between', async () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      text: fc.option(fc.string({ maxLength: 5 })),
      fails: fc.boolean(),
      ms: fc.nat(1500),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { disk, fail } = createDisk();
        const store = storeOn(new FormKeeper(disk));
        const model = new Map<string, string>();
        for (const { key, text, fails, ms } of steps) {
          fail(fails ? new CallFailure({ code: 'CORE_UNAVAILABLE', retryable: true }) : null);
          if (text === null) store.delete(key);
          else store.set(key, { text });
          if (text === null || text === '') model.delete(key);
          else model.set(key, text);
          await vi.advanceTimersByTimeAsync(ms);
        }
        fail(null);
        await vi.advanceTimersByTimeAsync(3000);
        const keeper = new FormKeeper(disk);
        const next = storeOn(keeper);
        await keeper.bringBack();
        const found = Object.fromEntries(next.keys().map((key) => [key, next.get(key)?.text]));
        expect(found).toEqual(Object.fromEntries(model));
      }),
      { numRuns: 150 },
    );
  });
});
