import { describe, expect, it } from 'vitest';
import { enrol } from '#shared/wire/enrolment.ts';
import { getHealth } from '#shared/wire/health.ts';
import { readInbox } from '#shared/wire/inbox.ts';
import { contentDigest, getMessage, putMessage, readContentDigest } from '#shared/wire/messages.ts';
import { listAgencies } from '#shared/wire/directory.ts';
import { addressOf, headersOf } from '#shared/wire/route.ts';
import {
  appendToUpload,
  commitUpload,
  createUpload,
  deleteUpload,
  findUpload,
  readUploadId,
  readUploadMetadata,
  uploadId,
  uploadMetadata,
} from '#shared/wire/uploads.ts';

const uploads = [createUpload, findUpload, appendToUpload, deleteUpload, commitUpload];
const routes = [getHealth, enrol, listAgencies, putMessage, getMessage, readInbox, ...uploads];

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

describe('the header fields of a request', () => {
  it('are text, without those that are not given', () => {
    expect(headersOf({ headers: { 'upload-offset': 5, 'tus-resumable': '1.0.0', other: undefined } })).toEqual({
      'upload-offset': '5',
      'tus-resumable': '1.0.0',
    });
    expect(headersOf({})).toEqual({});
  });
});

describe('an upload', () => {
  const content = { sha256: 'ab'.repeat(32), size: 1_234_567 };

  it('is named by its content, and its hash is said in the form of tus', () => {
    expect(readUploadId(uploadId(content))).toEqual(content);
    expect(uploadMetadata(content.sha256)).toMatch(/^sha256 [A-Za-z0-9+/]{86}==$/);
    expect(readUploadMetadata(uploadMetadata(content.sha256))).toBe(content.sha256);
    const among = `filename d29ybGQ=,${uploadMetadata(content.sha256)},is_confidential`;
    expect(readUploadMetadata(among)).toBe(content.sha256);
  });

  it.each(['', 'x', '../../etc/passwd', `${content.sha256}-0`, `${content.sha256}-01`, `${content.sha256}-1/..`])(
    'is not named by %s',
    (id) => {
      expect(readUploadId(id)).toBeNull();
      expect(findUpload.params.safeParse({ id }).success).toBe(false);
    },
  );

  it.each(['', 'sha256', 'sha256 YWJj', `sha256 ${btoa('x'.repeat(64))}`, `xsha256 ${btoa(content.sha256)}`])(
    'has no hash in %s',
    (metadata) => {
      expect(readUploadMetadata(metadata)).toBeUndefined();
    },
  );
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
