export const incoming = {};
