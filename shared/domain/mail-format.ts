/** How a mail program saved an e-mail: MIME, a message of Outlook, or what Outlook packs the attachments of a mail in. */
export const mailFormats = ['eml', 'msg', 'tnef'] as const;
export type MailFormat = (typeof mailFormats)[number];

/** What the names of such files end with. */
export const mailExtensions = ['eml', 'msg', 'dat'] as const;

/** Whether a file is taken for an e-mail by its name; what it is then shows in its bytes. */
export function isMailFile(name: string): boolean {
  return /\.(?:eml|msg)$|^winmail[^/\\]*\.dat$/i.test(name);
}

/** The name under which the original is given out again. */
export function mailFileName(format: MailFormat): string {
  return format === 'tnef' ? 'winmail.dat' : `thu-dien-tu.${format}`;
}
