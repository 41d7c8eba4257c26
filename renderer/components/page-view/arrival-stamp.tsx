import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import {
  ARRIVAL_STAMP,
  placeArrivalStamp,
  withinPage,
  type ArrivalStampText,
  type StampPlace,
} from '#shared/domain/arrival-stamp.ts';
import { upperCase } from '#shared/domain/vietnamese-text.ts';
import { POINTS_A_MM, readPageInk } from './page-ink.ts';
import type { PageSize } from './use-pdf-document.ts';
import styles from './arrival-stamp.module.css';

// Where stamps were put, by file, for as long as the window lives: on the screen and in print they stand in one place.
const places = new Map<string, StampPlace>();

/** Where the stamp of a file stands: where it was moved to, else where the page is white. */
export async function stampPlaceOf(fileId: string, document: PDFDocumentProxy): Promise<StampPlace> {
  const found = places.get(fileId) ?? placeArrivalStamp(await readPageInk(document));
  places.set(fileId, found);
  return found;
}

interface ArrivalStampProps {
  readonly fileId: string;
  readonly document: PDFDocumentProxy;
  readonly size: PageSize;
  /** CSS pixels per PDF point. */
  readonly scale: number;
  readonly text: ArrivalStampText;
}

const ARROWS: Readonly<Record<string, StampPlace>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The stamp over the first page of a registered document. It can be moved; the file stays as it came. */
export function ArrivalStamp({ fileId, document, size, scale, text }: ArrivalStampProps) {
  const { t } = useTranslation();
  const [place, setPlace] = useState<StampPlace | null>(places.get(fileId) ?? null);
  const grip = useRef<StampPlace | null>(null);
  const mm = scale * POINTS_A_MM;
  const page = { width: size.width / POINTS_A_MM, height: size.height / POINTS_A_MM };

  useEffect(() => {
    let gone = false;
    stampPlaceOf(fileId, document).then(
      (found) => {
        if (!gone) setPlace(found);
      },
      // A page that cannot be drawn says so itself.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [fileId, document]);

  if (place === null) return null;
  const move = (to: StampPlace): void => {
    const kept = withinPage(to, page);
    places.set(fileId, kept);
    setPlace(kept);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = ARROWS[event.key];
    if (by === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    move({ x: place.x + by.x, y: place.y + by.y });
  };
  const onPointerDown = (event: PointerEvent): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: event.clientX / mm - place.x, y: event.clientY / mm - place.y };
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (grip.current === null) return;
    move({ x: event.clientX / mm - grip.current.x, y: event.clientY / mm - grip.current.y });
  };
  const drop = (): void => {
    grip.current = null;
  };
  const style: CSSProperties = {
    left: place.x * mm,
    top: place.y * mm,
    width: ARRIVAL_STAMP.width * mm,
    height: ARRIVAL_STAMP.height * mm,
  };
  return (
    <div
      className={styles.place}
      style={style}
      role="group"
      tabIndex={0}
      aria-label={t('pageView.stamp', { number: text.number })}
      title={t('pageView.stampMove')}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={drop}
      onPointerCancel={drop}
    >
      <StampDrawing text={text} />
    </div>
  );
}

/** Characters that a line of the stamp holds at its usual size; longer ones are set narrower. */
const AGENCY_CHARACTERS = 26;
const LINE_WIDTH = ARRIVAL_STAMP.width - 5;

/** The stamp itself, in millimetres: TÊN CƠ QUAN / ĐẾN / Số / Ngày / Chuyển / Số và ký hiệu HS. */
export function StampDrawing({ text }: { readonly text: ArrivalStampText }) {
  const { agency, number, day, forwardTo, fileCode } = text;
  const { width, height } = ARRIVAL_STAMP;
  const narrow = agency.length > AGENCY_CHARACTERS ? { textLength: LINE_WIDTH, lengthAdjust: 'spacingAndGlyphs' } : {};
  const lines = [
    ['Số:', number],
    ['Ngày:', day],
    ['Chuyển:', forwardTo],
    ['Số và ký hiệu HS:', fileCode],
  ] as const;
  return (
    <svg className={styles.stamp} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect x="0.3" y="0.3" width={width - 0.6} height={height - 0.6} className={styles.frame} />
      <text x={width / 2} y="5" className={styles.agency} {...narrow}>
        {upperCase(agency)}
      </text>
      <text x={width / 2} y="11.6" className={styles.arrived}>
        ĐẾN
      </text>
      {lines.map(([label, value], at) => (
        <StampLine key={label} label={label} value={value} y={16.8 + at * 5} />
      ))}
    </svg>
  );
}

/** Width of a letter of these lines, about, in millimetres. */
const LETTER = 1.75;

function StampLine({ label, value, y }: { readonly label: string; readonly value: string; readonly y: number }) {
  const room = Math.floor((LINE_WIDTH - label.length * LETTER) / LETTER);
  const said = value.length > room ? `${value.slice(0, room - 1)}…` : value;
  const dots = '.'.repeat(Math.max(0, Math.floor(((room - said.length) * LETTER) / 0.9)));
  return (
    <text x="2.5" y={y} className={styles.line}>
      {`${label} ${said}`}
      <tspan>{dots}</tspan>
    </text>
  );
}
