/** Whether a text is a place in a list: 0 to 9999. */
export const isPosition = (text: string): boolean => /^\d{1,4}$/u.test(text.trim());
