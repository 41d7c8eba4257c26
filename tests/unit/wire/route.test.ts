import { describe, expect, it } from 'vitest';
import { enrol } from '#shared/wire/enrolment.ts';
import { getHealth } from '#shared/wire/health.ts';
import { readInbox } from '#shared/wire/inbox.ts';
import { contentDigest, getMessage, putMessage, readContentDigest } from '#shared/wire/messages.ts';
import { listAgencies } from '#shared/wire/directory.ts';
import { addressOf } from '#shared/wire/route.ts';

const routes = [getHealth, enrol, listAgencies, putMessage, getMessage, readInbox];

describe('the address of a request', () => {
  it('holds its parameters and its query', () => {
    expect(addressOf(getHealth, {})).toBe('/v1/health');
    expect(addressOf(getMessage, { params: { id: 'a-b' } })).toBe('/v1/messages/a-b');
    expect(addressOf(readInbox, { query: { after: 3, limit: 10, wait: 0 } })).toBe('/v1/inbox?after=3&limit=10&wait=0');
    expect(addressOf(readInbox, { query: { after: 3, limit: undefined } })).toBe('/v1/inbox?after=3');
  });

  it('cannot be left by what a value holds', () => {
    expect(addressOf(getMessage, { params: { id: '../enrol?x=1#y' } })).toBe('/v1/messages/..%2Fenrol%3Fx%3D1%23y');
    expect(addressOf(listAgencies, { query: { since: '1&limit=2' } })).toBe('/v1/agencies?since=1%26limit%3D2');
  });

  it('is not made of what it cannot hold', () => {
    expect(() => addressOf(getMessage, {})).toThrow('id');
    expect(() => addressOf(listAgencies, { query: { since: {} } })).toThrow('text, numbers and booleans');
  });
});

describe('the routes', () => {
  it('stand each at an address of its own, and describe every parameter in it', () => {
    const places = routes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(places).size).toBe(routes.length);
    for (const route of routes) {
      const named = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
      expect(Object.keys('params' in route ? route.params.shape : {})).toEqual(named);
    }
  });

  it('need a token, but those that make a workstation known', () => {
    expect(routes.filter((route) => !route.signed)).toEqual([getHealth, enrol]);
  });
});

describe('the digest of a message', () => {
  it('is read as it is written', () => {
    const sha256 = `${'A'.repeat(43)}=`;
    expect(readContentDigest(contentDigest(sha256))).toBe(sha256);
  });

  it.each([undefined, '', 'sha-256=:AAAA=:', 'sha-512=:AAAA:', `sha-256=${'A'.repeat(43)}=`])(
    'is none: %s',
    (header) => {
      expect(readContentDigest(header)).toBeUndefined();
    },
  );
});
