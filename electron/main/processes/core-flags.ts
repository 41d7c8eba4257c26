/**
 * Of V8 in the core process. A small young generation is collected often, and with it the pieces of a letter that went over the
 * line, which are not part of it: 100 MB then take some 20 MB more than a page, instead of 60.
 */
export const CORE_V8_FLAGS: readonly string[] = ['--max-semi-space-size=2'];
