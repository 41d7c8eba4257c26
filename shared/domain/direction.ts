/** Văn bản đến and văn bản đi: what other agencies sent here, and what this office issues. */
export const directions = ['incoming', 'outgoing'] as const;
export type Direction = (typeof directions)[number];
