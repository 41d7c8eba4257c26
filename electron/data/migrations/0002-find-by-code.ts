/** Recipients' statuses name a document by its number and notation; a book of years must not be read through for each. */
export const findByCode = `
CREATE INDEX outgoing_code ON outgoing (code_text);
`;
