import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '#core/ports/system.ts';
import type { TrustStore } from '#pdf/verify-pdf.ts';

/**
 * Trust as files, so that the IT department can roll it out: `anchors/`, `intermediates/` and `crls/` below each
 * folder, DER or PEM. A file that cannot be read is logged and left out; it never makes anything trusted.
 */
export function loadTrust(folders: readonly string[], log: Log): TrustStore {
  const load = (kind: string) => folders.flatMap((folder) => readFolder(join(folder, kind), log));
  return { anchors: load('anchors'), intermediates: load('intermediates'), crls: load('crls') };
}

function readFolder(folder: string, log: Log): Uint8Array[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      try {
        return toDer(readFileSync(join(folder, name)));
      } catch (error) {
        log.error('trust-file-unreadable', error, { name });
        return [];
      }
    });
}

const pemBlock = /-----BEGIN [A-Z0-9 ]+-----([\s\S]*?)-----END [A-Z0-9 ]+-----/g;

/** The blocks of a PEM file; any other file is one DER block. */
export function toDer(bytes: Buffer): Uint8Array[] {
  const text = bytes.toString('latin1');
  if (!text.includes('-----BEGIN ')) return [new Uint8Array(bytes)];
  return [...text.matchAll(pemBlock)].map((match) => new Uint8Array(Buffer.from(match[1] ?? '', 'base64')));
}
