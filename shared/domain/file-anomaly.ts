/**
 * Deviations of a PDF from ISO 32000-2, 7.5 that this reader passes over and that another may take for something else:
 * notes of the finding FILE_UNUSUAL, joined by `, ` in its parameter.
 */
export const FILE_ANOMALIES = [
  'DUPLICATE_KEY',
  'FOREIGN_BYTES',
  'GENERATION',
  'HYBRID_CONFLICT',
  'OBJECT_STREAM',
  'OBJECT_TAKEN_BACK',
  'OBJECT_UNLISTED',
  'OBJECT_UNREADABLE',
  'OBJECT_ZERO',
  'REFERENCE_CHAIN',
  'REVISION_CHAIN',
  'REVISION_ORDER',
  'STARTXREF_FAR',
  'TRAILER_NUMBER',
  'TRAILER_SIZE',
  'XREF_DUPLICATE',
  'XREF_ENTRY',
  'XREF_OFFSET',
  'XREF_OFFSET_ZERO',
  'XREF_SUBSECTION',
] as const;
export type FileAnomaly = (typeof FILE_ANOMALIES)[number];
