/**
 * Where the content-addressed file store keeps a file, relative to the data folder: two levels by the first hex
 * digits keep folders small. `fileId` is the SHA-256 in lower-case hex.
 */
export function fileAddress(fileId: string): string {
  return `files/${fileId.slice(0, 2)}/${fileId.slice(2, 4)}/${fileId}`;
}

export function isFileId(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
