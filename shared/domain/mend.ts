/**
 * What was mended in a draft so that it can be signed, each without changing what its pages show:
 * structure  the table of its objects, their ends and lengths, what stands before or after the file
 * scripts    programs that run when it is opened or filled in
 * xfa        a second form behind the pages
 * values     fields that another program would draw anew from their values
 * layers     the switch of layers that are all shown
 * pages      pages that share parts, and would share a signature
 */
export const mends = ['structure', 'scripts', 'xfa', 'values', 'layers', 'pages'] as const;
export type Mend = (typeof mends)[number];
