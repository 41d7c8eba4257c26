/** A file that goes with an e-mail. */
export interface MailPart {
  readonly name: string | null;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly disposition?: 'attachment' | 'inline';
}

export interface SmallMail {
  /** Header lines besides those of MIME, written as they are. */
  readonly headers?: readonly string[];
  readonly text?: string;
  readonly parts?: readonly MailPart[];
}

const BOUNDARY = '=_phan';

/** An e-mail written by hand (RFC 5322, MIME), so that tests do not depend on a writer. */
export function makeMail({ headers = defaultHeaders, text = 'Kính gửi', parts = [] }: SmallMail = {}): Uint8Array {
  const lines = [
    ...headers,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    ...parts.flatMap(({ name, type, bytes, disposition = 'attachment' }) => [
      `--${BOUNDARY}`,
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      name === null ? `Content-Disposition: ${disposition}` : `Content-Disposition: ${disposition}; filename="${name}"`,
      '',
      ...(Buffer.from(bytes)
        .toString('base64')
        .match(/.{1,76}/g) ?? ['']),
    ]),
    `--${BOUNDARY}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'utf8');
}

export const encodedWord = (text: string): string => `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;

export const defaultHeaders: readonly string[] = [
  `From: ${encodedWord('Văn thư Sở Nội vụ')} <vanthu@snv.example.vn>`,
  `Subject: ${encodedWord('V/v rà soát biên chế năm 2027')}`,
  'Date: Fri, 27 Nov 2026 09:15:00 +0700',
];
