/**
 * Processing states (trạng thái xử lý văn bản) an agency reports to the sender, as carried by the edXML StatusCode
 * element. Source: sample set of QCVN 102:2016/BTTTT; codes 07 to 12 and 14 are assigned nowhere we could find.
 */
export const EXCHANGE_STATUS_CODES = ['01', '02', '03', '04', '05', '06', '13', '15', '16'] as const;

export type ExchangeStatusCode = (typeof EXCHANGE_STATUS_CODES)[number];

const statusNames: Readonly<Record<ExchangeStatusCode, { readonly vi: string; readonly en: string }>> = {
  '01': { vi: 'Đã đến', en: 'Arrived' },
  '02': { vi: 'Từ chối tiếp nhận', en: 'Refused' },
  '03': { vi: 'Đã tiếp nhận', en: 'Accepted' },
  '04': { vi: 'Đã phân công', en: 'Assigned' },
  '05': { vi: 'Đang xử lý', en: 'In progress' },
  '06': { vi: 'Đã hoàn thành', en: 'Completed' },
  '13': { vi: 'Yêu cầu lấy lại', en: 'Sender asks for it back' },
  '15': { vi: 'Đồng ý cập nhật hoặc lấy lại', en: 'Update or return agreed' },
  '16': { vi: 'Từ chối cập nhật hoặc lấy lại', en: 'Update or return refused' },
};

export function isExchangeStatusCode(code: string): code is ExchangeStatusCode {
  return (EXCHANGE_STATUS_CODES as readonly string[]).includes(code);
}

/** Name of a status for people; a code outside the list is shown as it came, never hidden. */
export function nameExchangeStatus(code: string, language: 'vi' | 'en'): string {
  if (isExchangeStatusCode(code)) return statusNames[code][language];
  return language === 'vi' ? `Trạng thái ${code}` : `Status ${code}`;
}

/**
 * Two-digit form of a status code as others write it: "1", 1, "01" and " 01 " are the same state.
 * Returns null when it is not a number of at most two digits.
 */
export function normaliseStatusCode(raw: string): string | null {
  const digits = raw.trim();
  return /^\d{1,2}$/.test(digits) ? digits.padStart(2, '0') : null;
}
