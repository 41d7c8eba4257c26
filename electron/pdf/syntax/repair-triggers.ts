import type { FileAnomaly } from '#shared/domain/file-anomaly.ts';
import type { XrefEntry, XrefSection } from './xref-section.ts';

/**
 * What makes other readers distrust the cross-reference and gather the objects of the file by themselves: they then show
 * the last definition in the file, listed or not. Each is a deviation from ISO 32000-2, 7.5.4 to 7.5.8 that this reader
 * could pass over, and that a file may use to show two faces.
 * @param sections the newest first
 * @param hybrid hidden sections of hybrid files by the table that names them
 */
export function repairTriggers(
  sections: readonly XrefSection[],
  hybrid: ReadonlyMap<XrefSection, XrefSection>,
): FileAnomaly[] {
  const notes: FileAnomaly[] = [];
  const newest = sections[0]?.trailer.entries.get('Size');
  if (
    sections.some(
      ({ trailer, entries }) => ![newest, trailer.entries.get('Size')].every((size) => hasSize(size, entries)),
    )
  ) {
    notes.push('TRAILER_SIZE');
  }
  if (sections.some(({ entries }) => (entries.get(0)?.type ?? 'free') !== 'free')) notes.push('OBJECT_ZERO');
  if (hidesDifferently(sections, hybrid)) notes.push('HYBRID_CONFLICT');
  return notes;
}

/**
 * /Size is one more than the highest object number in use, in the section and in the newest trailer (ISO 32000-2, table
 * 15). What a hybrid file hides is counted by its own stream.
 */
function hasSize(size: unknown, entries: ReadonlyMap<number, XrefEntry>): boolean {
  if (typeof size !== 'number' || !Number.isInteger(size)) return false;
  for (const [num, entry] of entries) if (num >= size && entry.type !== 'free') return false;
  return true;
}

/**
 * Readers of PDF 1.4 see only the tables of a hybrid file, newer ones the hidden streams too (ISO 32000-2, 7.5.8.4). What
 * a stream adds may be missing for the old ones, but must not be something else, or something a table took away.
 */
function hidesDifferently(sections: readonly XrefSection[], hybrid: ReadonlyMap<XrefSection, XrefSection>): boolean {
  const listed = new Map<number, XrefEntry>();
  for (const section of sections.toReversed()) {
    for (const [num, entry] of hybrid.get(section)?.entries ?? []) {
      const plain = section.entries.get(num);
      if (plain?.type === 'free' && (listed.get(num)?.type ?? 'free') !== 'free') return true;
      if (plain?.type === 'used' && (entry.type !== 'used' || entry.offset !== plain.offset)) return true;
      // Not in the table at all: an older reader goes on to the older tables.
      const older = listed.get(num);
      if (!plain && older?.type === 'used' && (entry.type !== 'used' || entry.offset !== older.offset)) return true;
    }
    for (const [num, entry] of section.entries) listed.set(num, entry);
  }
  return false;
}
