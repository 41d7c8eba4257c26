import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { queriesAffectedBy, queriesAffectedByCommand } from '#renderer/api/affected-queries.ts';
import { createQueryClient, Invalidator } from '#renderer/api/query-client.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('Invalidator', () => {
  it('asks once for a burst of events, and only for what they touch', () => {
    const client = createQueryClient();
    for (const key of ['incoming.list', 'office.overview', 'directory.search']) client.setQueryData([key, {}], {});
    const invalidate = vi.spyOn(client, 'invalidateQueries');
    const invalidator = new Invalidator(client);
    for (let each = 0; each < 200; each += 1) invalidator.add(queriesAffectedBy('incoming.changed'));
    expect(invalidate).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(invalidate).toHaveBeenCalledTimes(1);
    expect(client.getQueryState(['incoming.list', {}])?.isInvalidated).toBe(true);
    expect(client.getQueryState(['office.overview', {}])?.isInvalidated).toBe(true);
    expect(client.getQueryState(['directory.search', {}])?.isInvalidated).toBe(false);
    client.clear();
  });

  it('goes on after a burst', () => {
    const client = createQueryClient();
    const invalidate = vi.spyOn(client, 'invalidateQueries');
    const invalidator = new Invalidator(client);
    invalidator.add(queriesAffectedBy('office.changed'));
    vi.runAllTimers();
    invalidator.add(queriesAffectedBy('office.changed'));
    vi.runAllTimers();
    expect(invalidate).toHaveBeenCalledTimes(2);
  });
});

describe('queries a command makes old', () => {
  it('are those of its part of the contract', () => {
    expect(queriesAffectedByCommand('outgoing.sign')).toContain('outgoing.get');
    expect(queriesAffectedByCommand('certificates.add')).toContain('certificates.list');
    expect(queriesAffectedByCommand('files.pick')).toEqual([]);
  });
});
