import type { ReactNode } from 'react';
import styles from './icon.module.css';

/** Drawn on a 16 px grid with one stroke, so that no icon file has to be fetched. */
const drawings = {
  inbox: <path d="M2 9.5 4 3h8l2 6.5V13H2zM2 9.5h3.5l1 1.8h3l1-1.8H14" />,
  send: <path d="M14 2 7 9M14 2 9.5 14 7 9 2 6.5z" />,
  book: <path d="M3 2.5h9.5v11H4.2A1.2 1.2 0 0 1 3 12.3zM3 12.3A1.2 1.2 0 0 1 4.2 11h8.3" />,
  figures: <path d="M2 13.5h12M3.5 13.5V9M8 13.5V3M12.5 13.5V6.5" />,
  agencies: <path d="M2.5 13.5v-9L8 2l5.5 2.5v9M2 13.5h12M6 13.5V10h4v3.5M6 6.8h.01M10 6.8h.01" />,
  settings: (
    <>
      <circle cx="8" cy="8" r="2.2" />
      <path d="M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4" />
    </>
  ),
  message: <path d="M2 3h12v8H7.5L4.5 13.8V11H2zM5 6h6M5 8.2h4" />,
  duty: <path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 1.8v3M10.5 1.8v3M5.6 10l1.7 1.7 3.2-3.4" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.5 10.5 14 14" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  'shield-check': (
    <>
      <path d="M8 1.8 13 4v4c0 3-2.2 5.2-5 6.2C5.2 13.2 3 11 3 8V4z" />
      <path d="m5.8 8 1.6 1.6 2.9-3.2" />
    </>
  ),
  'shield-warn': (
    <>
      <path d="M8 1.8 13 4v4c0 3-2.2 5.2-5 6.2C5.2 13.2 3 11 3 8V4z" />
      <path d="M8 5.2v3M8 10.6h.01" />
    </>
  ),
  'shield-question': (
    <>
      <path d="M8 1.8 13 4v4c0 3-2.2 5.2-5 6.2C5.2 13.2 3 11 3 8V4z" />
      <path d="M6.6 6.4A1.5 1.5 0 1 1 8 8.3v.5M8 10.9h.01" />
    </>
  ),
  'shield-cross': (
    <>
      <path d="M8 1.8 13 4v4c0 3-2.2 5.2-5 6.2C5.2 13.2 3 11 3 8V4z" />
      <path d="m6.2 6.2 3.6 3.6M9.8 6.2 6.2 9.8" />
    </>
  ),
  attachment: <path d="M13 7.2 8 12.2a3.2 3.2 0 0 1-4.6-4.6l5-5a2.1 2.1 0 0 1 3 3l-5 5a1 1 0 0 1-1.5-1.5L9.4 4.6" />,
  warning: <path d="M8 2.2 14.2 13H1.8zM8 6.4v3M8 11.2h.01" />,
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.4v3.4M8 5.1h.01" />
    </>
  ),
  upload: <path d="M8 11V3M4.8 6 8 2.8 11.2 6M3 13.5h10" />,
  scan: <path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M5 8h6" />,
  filter: <path d="M2 3.5h12l-4.5 5.2v4.1L6.5 14V8.7z" />,
  columns: <path d="M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10" />,
  'chevron-up': <path d="m4 10 4-4 4 4" />,
  check: <path d="m3 8.4 3.2 3.2L13 4.8" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  'chevron-down': <path d="m4 6 4 4 4-4" />,
  'chevron-left': <path d="m10 4-4 4 4 4" />,
  'chevron-right': <path d="m6 4 4 4-4 4" />,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  lock: (
    <>
      <path d="M3.5 7.2h9v6.3h-9z" />
      <path d="M5.3 7.2V5a2.7 2.7 0 0 1 5.4 0v2.2" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="10.5" r="2.7" />
      <path d="m7 8.6 5.8-5.8M10.4 5.2l1.9 1.9M12.2 3.4l1.4 1.4" />
    </>
  ),
  file: <path d="M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3" />,
  pen: <path d="m2.5 13.5.8-3.2 7.6-7.6 2.4 2.4-7.6 7.6zM9.6 4l2.4 2.4" />,
  print: <path d="M4.5 6V2.2h7V6M4.5 11.5H2.2V6h11.6v5.5h-2.3M4.5 9.5h7v4.3h-7z" />,
  undo: <path d="M5.5 2.8 2.5 5.8l3 3M2.5 5.8h6.7a4 4 0 0 1 0 7.9H6" />,
  refresh: <path d="M13.2 8a5.2 5.2 0 1 1-1.6-3.8M13.4 1.8v3h-3" />,
  phone: (
    <path d="M3.2 2.4h2.6l1.2 3-1.6 1.2a8 8 0 0 0 4 4l1.2-1.6 3 1.2v2.6c0 .5-.4.9-.9.9A10.6 10.6 0 0 1 2.3 3.3c0-.5.4-.9.9-.9z" />
  ),
  offline: (
    <path d="M2 2l12 12M4.2 6.2A6.6 6.6 0 0 1 6 5.1M8.7 4.6A6.6 6.6 0 0 1 12.6 6.6M6.1 9.2a3.1 3.1 0 0 1 2-.7M8 12h.01" />
  ),
} as const satisfies Readonly<Record<string, ReactNode>>;

export type IconName = keyof typeof drawings;

interface IconProps {
  readonly name: IconName;
  /** CSS pixels; the drawing grid is 16. */
  readonly size?: number;
}

/** Always decorative: the word beside it, or the label of its button, carries the meaning. */
export function Icon({ name, size = 16 }: IconProps) {
  return (
    <svg className={styles.icon} viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  );
}
