import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { queriesReading } from '#shared/contract/contract.ts';
import { createQueryClient, Invalidator } from '#renderer/api/query-client.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const arrived = queriesReading(new Set(['incoming']));

describe('Invalidator', () => {
  it('asks once for a burst of events, and only for what they touch', () => {
    const client = createQueryClient();
    for (const key of ['incoming.list', 'office.counts', 'directory.search']) client.setQueryData([key, {}], {});
    const invalidate = vi.spyOn(client, 'invalidateQueries');
    const invalidator = new Invalidator(client);
    for (let each = 0; each < 200; each += 1) invalidator.add(arrived);
    expect(invalidate).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(invalidate).toHaveBeenCalledTimes(1);
    expect(client.getQueryState(['incoming.list', {}])?.isInvalidated).toBe(true);
    expect(client.getQueryState(['office.counts', {}])?.isInvalidated).toBe(true);
    expect(client.getQueryState(['directory.search', {}])?.isInvalidated).toBe(false);
    client.clear();
  });

  it('goes on after a burst', () => {
    const client = createQueryClient();
    const invalidate = vi.spyOn(client, 'invalidateQueries');
    const invalidator = new Invalidator(client);
    invalidator.add(arrived);
    vi.runAllTimers();
    invalidator.add(arrived);
    vi.runAllTimers();
    expect(invalidate).toHaveBeenCalledTimes(2);
  });

  it('asks again for what is on screen, and leaves the rest', async () => {
    const client = createQueryClient();
    const ask = vi.fn<() => Promise<number>>(() => Promise.resolve(2));
    client.setQueryData(['incoming.list', {}], 1);
    client.setQueryData(['outgoing.get', { id: '1' }], 1);
    const stop = new QueryObserver(client, { queryKey: ['outgoing.get', { id: '1' }], queryFn: ask }).subscribe(
      () => undefined,
    );
    new Invalidator(client).addShown();
    await vi.runAllTimersAsync();
    expect(ask).toHaveBeenCalledTimes(1);
    expect(client.getQueryState(['incoming.list', {}])?.isInvalidated).toBe(false);
    stop();
    client.clear();
  });
});

describe('queries that a change makes old', () => {
  it('are those whose answer shows it', () => {
    expect(queriesReading(new Set(['outgoing']))).toContain('outgoing.get');
    expect(queriesReading(new Set(['certificates']))).toContain('certificates.list');
    expect(queriesReading(new Set())).toEqual([]);
  });
});
