import { describe, expect, it } from 'vitest';
import { CommandIds } from '#renderer/api/command-ids.ts';

function counting(): CommandIds {
  let count = 0;
  return new CommandIds(() => {
    count += 1;
    return `id-${count}`;
  });
}

describe('CommandIds', () => {
  it('gives a new id to each intent', () => {
    const ids = counting();
    expect(ids.idFor({ a: 1 })).toBe('id-1');
    ids.settle(false);
    expect(ids.idFor({ a: 1 })).toBe('id-2');
  });

  it('keeps the id while the outcome of the same input is open', () => {
    const ids = counting();
    expect(ids.idFor({ a: 1 })).toBe('id-1');
    ids.settle(true);
    expect(ids.idFor({ a: 1 })).toBe('id-1');
    ids.settle(false);
    expect(ids.idFor({ a: 1 })).toBe('id-2');
  });

  it('does not lend an open id to another input', () => {
    const ids = counting();
    ids.idFor({ a: 1 });
    ids.settle(true);
    expect(ids.idFor({ a: 2 })).toBe('id-2');
  });

  it('makes UUIDs by itself', () => {
    expect(new CommandIds().idFor({})).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u,
    );
  });
});
