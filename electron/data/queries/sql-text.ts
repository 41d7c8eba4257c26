/** A constant of shared/domain as a literal: partial indexes are found only by literals, never by parameters. */
export const sqlText = (value: string): string => `'${value.replaceAll("'", "''")}'`;

export const textList = (values: readonly string[]): string => `(${values.map(sqlText).join(', ')})`;

/** Leaves out the messages whose ids are the JSON array @atWork. */
export const notAtWork = 'message_id NOT IN (SELECT value FROM json_each(@atWork))';
