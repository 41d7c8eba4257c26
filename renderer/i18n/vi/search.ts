export const search = {
  label: 'Tìm trong tất cả văn bản',
  placeholder: 'Tìm số, trích yếu, cơ quan, người ký…',
  results: 'Kết quả tìm',
  incoming: 'Văn bản đến',
  outgoing: 'Văn bản đi',
  nothing: 'Không tìm thấy văn bản nào khớp với “{{text}}”. Thử ít từ hơn, gõ không dấu cũng được.',
};
