/**
 * Forms of a period other than the registers (NĐ 30/2020, Phụ lục IV and VI). The weekly report is the board's, of any period
 * beside the one before it.
 */
export const formNames = ['follow-up', 'post', 'weekly-report', 'incoming-report', 'outgoing-report'] as const;
export type FormName = (typeof formNames)[number];

/** Their titles in the decree. */
export const formTitles: Readonly<Record<FormName, string>> = {
  'follow-up': 'SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN',
  post: 'SỔ GỬI VĂN BẢN ĐI BƯU ĐIỆN',
  'weekly-report': 'BÁO CÁO TÌNH HÌNH XỬ LÝ VĂN BẢN ĐẾN',
  'incoming-report': 'BÁO CÁO GIẢI QUYẾT VĂN BẢN ĐẾN',
  'outgoing-report': 'BÁO CÁO GIẢI QUYẾT VĂN BẢN ĐI',
};

/** Those that are books: with a cover, to be bound. */
export const isBookForm = (form: FormName): boolean => form === 'follow-up' || form === 'post';
