/** "Đã xong" grows for ever and is read newest first; sorting all of it for one page took 200 ms at 100,000 documents. */
export const finishedInOrder = `
CREATE INDEX incoming_finished ON incoming (changed_at DESC, id) WHERE state IN ('done', 'returned');
`;
