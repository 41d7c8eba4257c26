/** A constant of shared/domain as a literal: partial indexes are found only by literals, never by parameters. */
export const sqlText = (value: string): string => `'${value.replaceAll("'", "''")}'`;

export const textList = (values: readonly string[]): string => `(${values.map(sqlText).join(', ')})`;
