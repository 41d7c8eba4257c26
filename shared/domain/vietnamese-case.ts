import { capitalizeFirst, cleanLine, isUpperCase } from './vietnamese-text.ts';

/**
 * Printed headings are in capitals; registers and the exchange write names in proper case (Nghị định 30/2020, Phụ lục
 * II: viết hoa). Capitals do not say where a proper name starts, so the words of Vietnamese agencies are listed here.
 */

// Stay in capitals wherever they stand.
const abbreviations = new Set(
  (
    'UBND HĐND VP VPUBND ĐBQH MTTQ UBMTTQ UBMTTQVN TNCS TNHH MTV BQL BCĐ VPĐP NTM TW KT-XH QLDA ĐTXD CNTT KHCN GDĐT ' +
    'GD&ĐT LĐTBXH NN&PTNT TN&MT KH&ĐT TT&TT VH TT&DL BHXH THPT THCS PCCC CNCH CSGT II III IV VI VII VIII IX XI XII'
  ).split(' '),
);

// Units of territory: lower case before their name, whose syllables are all capitalised.
const territories = ['thành phố', 'thị xã', 'thị trấn', 'đặc khu', 'tỉnh', 'huyện', 'quận', 'phường', 'xã'];

// Named after a territory whose word they contain.
const committees = ['Tỉnh ủy', 'Huyện ủy', 'Thành ủy', 'Thị ủy', 'Quận ủy'];

// Each phrase as it is written inside a name; longer ones win.
const phrases = [
  'Ủy ban nhân dân',
  'Uỷ ban nhân dân',
  'Hội đồng nhân dân',
  'Ủy ban Mặt trận Tổ quốc Việt Nam',
  'Mặt trận Tổ quốc',
  'Đoàn đại biểu Quốc hội',
  'Văn phòng',
  'Sở',
  'Bộ',
  'Cục',
  'Chi cục',
  'Tổng cục',
  'Vụ',
  'Ban',
  'Phòng',
  'Trung tâm',
  'Viện',
  'Thanh tra',
  'Chi nhánh',
  'Công ty',
  'Tổng công ty',
  'Tập đoàn',
  'Trường',
  'Đại học',
  'Cao đẳng',
  'Bệnh viện',
  'Trạm',
  'Công an',
  'Bộ Chỉ huy Quân sự',
  'Ban Chỉ huy Quân sự',
  'Bộ đội Biên phòng',
  'Tòa án nhân dân',
  'Viện kiểm sát nhân dân',
  'Hội Nông dân',
  'Hội Cựu chiến binh',
  'Hội Liên hiệp Phụ nữ',
  'Liên đoàn Lao động',
  'Đoàn Thanh niên Cộng sản Hồ Chí Minh',
  'Chính phủ',
  'Thủ tướng Chính phủ',
  'Quốc hội',
  'Chủ tịch nước',
  'Nhà nước',
  'Ngân hàng Nhà nước',
  'Kho bạc Nhà nước',
  'Bảo hiểm xã hội',
  'Ban Quản lý',
  'Ban Chỉ đạo',
  'Hội đồng',
  'Tổ công tác',
  'Đảng ủy',
  'Kế hoạch',
  'Đầu tư',
  'Tài chính',
  'Nội vụ',
  'Tư pháp',
  'Công Thương',
  'Công thương',
  'Y tế',
  'Giáo dục',
  'Đào tạo',
  'Khoa học',
  'Công nghệ',
  'Thông tin',
  'Truyền thông',
  'Văn hóa',
  'Văn hoá',
  'Thể thao',
  'Du lịch',
  'Lao động',
  'Thương binh',
  'Xã hội',
  'Tài nguyên',
  'Môi trường',
  'Giao thông vận tải',
  'Xây dựng',
  'Ngoại vụ',
  'Dân tộc',
  'Tôn giáo',
  'Nông nghiệp',
  'Phát triển nông thôn',
  'Quốc phòng',
  'Ngoại giao',
  'Văn thư',
  'Lưu trữ nhà nước',
  'Lưu trữ',
  'Tổ chức cán bộ',
  'Tổ chức',
  'Hành chính',
  'Kinh tế',
  'Hạ tầng',
  'Đô thị',
  'Quản lý đô thị',
  'Kiểm lâm',
  'Thủy lợi',
  'Chăn nuôi',
  'Thú y',
  'Trồng trọt',
  'Bảo vệ thực vật',
  'Thuế',
  'Hải quan',
  'Thống kê',
  'Quản lý thị trường',
  'Phục vụ hành chính công',
  'Dân vận',
  'Tuyên giáo',
  'Nội chính',
  'Kiểm tra',
  'Thi hành án dân sự',
  'Khu công nghiệp',
  'Dự án',
  'Đầu tư xây dựng',
  'Phát triển quỹ đất',
  'Đăng ký đất đai',
  'Phòng thủ dân sự',
  'Chuyển đổi số',
  'Công báo',
  'Cổng thông tin điện tử',
  'Tổng hợp',
  'Việt Nam',
  'Hà Nội',
  'Hồ Chí Minh',
  'Tây Nguyên',
  // Positions
  'Chủ tịch',
  'Phó Chủ tịch',
  'Giám đốc',
  'Phó Giám đốc',
  'Tổng Giám đốc',
  'Phó Tổng Giám đốc',
  'Chánh Văn phòng',
  'Phó Chánh Văn phòng',
  'Trưởng phòng',
  'Phó Trưởng phòng',
  'Bộ trưởng',
  'Thứ trưởng',
  'Cục trưởng',
  'Phó Cục trưởng',
  'Chi cục trưởng',
  'Phó Chi cục trưởng',
  'Vụ trưởng',
  'Phó Vụ trưởng',
  'Trưởng ban',
  'Phó Trưởng ban',
  'Hiệu trưởng',
  'Phó Hiệu trưởng',
  'Viện trưởng',
  'Phó Viện trưởng',
  'Chánh Thanh tra',
  'Phó Chánh Thanh tra',
  'Bí thư',
  'Phó Bí thư',
  'Thủ tướng',
  'Phó Thủ tướng',
  'Trưởng Công an',
  'Chỉ huy trưởng',
  'Bộ trưởng, Chủ nhiệm',
  'Phó Chủ nhiệm',
  'Chủ nhiệm',
  'Tổng cục trưởng',
  'Kế toán trưởng',
  'Chánh án',
  'Phó Chánh án',
  'Trưởng đoàn',
  'Phó Trưởng đoàn',
  'Quyền',
  'Ủy viên',
  'Thường trực',
  'Thư ký',
  'Tổ trưởng',
];

const connectives = new Set(['và', 'các', 'của', 'về', 'với', 'cho', 'trong', 'thuộc', 'tại', 'từ', 'đến', 'theo']);

interface Phrase {
  readonly words: readonly string[];
  readonly written: readonly string[];
  readonly territory: boolean;
}

const dictionary: ReadonlyMap<string, readonly Phrase[]> = buildDictionary();

function buildDictionary(): ReadonlyMap<string, readonly Phrase[]> {
  const byFirstWord = new Map<string, Phrase[]>();
  const all = [
    ...phrases.map((text) => ({ text, territory: false })),
    ...[...territories, ...committees].map((text) => ({ text, territory: true })),
  ];
  for (const { text, territory } of all) {
    const written = text.split(' ');
    const words = written.map((word) => word.toLocaleLowerCase('vi'));
    const first = words[0] ?? '';
    byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), { words, written, territory }]);
  }
  for (const list of byFirstWord.values()) list.sort((left, right) => right.words.length - left.words.length);
  return byFirstWord;
}

/**
 * `UBND TỈNH ĐẮK LẮK` → `UBND tỉnh Đắk Lắk`; `SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN` → `Sở Nông nghiệp và Phát triển
 * nông thôn`; `PHÓ CHỦ TỊCH` → `Phó Chủ tịch`. Text that is not all capitals is returned as printed.
 */
export function properCase(text: string): string {
  const line = cleanLine(text);
  if (!isUpperCase(line)) return line;
  const tokens = line.match(/[\p{L}\p{M}&\d]+|[^\p{L}\p{M}&\d]+/gu) ?? [];
  const result: string[] = [];
  let inProperName = false;
  let phraseStart = true;
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index] ?? '';
    const lower = token.toLocaleLowerCase('vi');
    if (!/\p{L}/u.test(token)) {
      result.push(token);
      // After a dash or a comma a new function or name starts, but a proper name ("Krông Búk, Ea H'leo") goes on.
      if (/[-–,;(]/.test(token)) phraseStart = true;
      index += 1;
      continue;
    }
    const phrase = matchPhrase(tokens, index);
    if (abbreviations.has(token)) {
      result.push(token);
      inProperName = false;
      phraseStart = true;
      index += 1;
    } else if (phrase) {
      const span = phrase.words.length * 2 - 1;
      result.push(...interleave(phrase.written, tokens.slice(index, index + span)));
      inProperName = phrase.territory;
      phraseStart = !phrase.territory && phrase.words.length === 1;
      index += span;
    } else if (!inProperName && connectives.has(lower)) {
      result.push(lower);
      phraseStart = true;
      index += 1;
    } else {
      result.push(inProperName || phraseStart ? capitalizeFirst(lower) : lower);
      phraseStart = false;
      index += 1;
    }
  }
  return capitalizeFirst(result.join(''));
}

function interleave(words: readonly string[], tokens: readonly string[]): string[] {
  return tokens.map((token, index) => (index % 2 === 0 ? (words[index / 2] ?? token) : token));
}

function matchPhrase(tokens: readonly string[], start: number): Phrase | null {
  const first = (tokens[start] ?? '').toLocaleLowerCase('vi');
  for (const phrase of dictionary.get(first) ?? []) {
    const matches = phrase.words.every((word, offset) => {
      const token = tokens[start + offset * 2];
      const gap = offset === 0 ? ' ' : tokens[start + offset * 2 - 1];
      return token !== undefined && token.toLocaleLowerCase('vi') === word && gap !== undefined && /^,? $/.test(gap);
    });
    if (matches) return phrase;
  }
  return null;
}

// Words after which a territory's name is over: "TỈNH ĐẮK LẮK NĂM 2026".
const afterName = new Set(
  (
    'năm quý tháng giai đoạn đến và của trên trong về thuộc khóa khoá nhiệm lần gửi phục vụ tại theo từ ngày để do cho ' +
    'các với được là có khi'
  ).split(' '),
);

/**
 * A title in capitals as a sentence: `KẾT QUẢ CÔNG TÁC CỦA UBND TỈNH ĐẮK LẮK NĂM 2026` → `Kết quả công tác của UBND tỉnh
 * Đắk Lắk năm 2026`. Names other than of territories cannot be told and become lower case. Other text is unchanged.
 */
export function sentenceCase(text: string): string {
  const line = cleanLine(text);
  if (!isUpperCase(line)) return line;
  const tokens = line.match(/[\p{L}\p{M}&\d]+|[^\p{L}\p{M}&\d]+/gu) ?? [];
  const result: string[] = [];
  let inProperName = false;
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index] ?? '';
    const lower = token.toLocaleLowerCase('vi');
    const phrase = matchPhrase(tokens, index);
    if (phrase?.territory) {
      const span = phrase.words.length * 2 - 1;
      result.push(...interleave(phrase.words, tokens.slice(index, index + span)));
      inProperName = true;
      index += span;
      continue;
    }
    if (afterName.has(lower) || /[,;.(]/.test(token)) inProperName = false;
    result.push(abbreviations.has(token) ? token : inProperName ? capitalizeFirst(lower) : lower);
    index += 1;
  }
  return capitalizeFirst(result.join(''));
}
