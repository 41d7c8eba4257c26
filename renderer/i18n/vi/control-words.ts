/**
 * What the library of controls says to screen readers by itself, an export for each of its rooms and under its own keys.
 * The build puts it in (scripts/lib/control-words.ts); in English the library's own words are used.
 */
export const autocomplete = { collectionLabel: 'Gợi ý' };

export const menu = { longPressMessage: 'Nhấn giữ hoặc nhấn Alt + mũi tên xuống để mở.' };

export const overlays = { dismiss: 'Đóng' };

export const tag = { removeDescription: 'Nhấn Delete để bỏ ra.', removeButtonLabel: 'Bỏ' };

interface Item {
  readonly item: string;
}

export const grid = {
  select: 'Chọn',
  selectedItem: ({ item }: Item) => `Đã chọn ${item}.`,
  deselectedItem: ({ item }: Item) => `Đã bỏ chọn ${item}.`,
  selectedCount: ({ count }: { readonly count: number }) =>
    count === 0 ? 'Chưa chọn mục nào.' : `Đã chọn ${count} mục.`,
  selectedAll: 'Đã chọn tất cả.',
  longPressToSelect: 'Nhấn giữ để bắt đầu chọn.',
};
