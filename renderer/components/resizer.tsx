import { useRef } from 'react';
import styles from './resizer.module.css';

interface ResizerProps {
  /** What it widens, for screen readers. */
  readonly label: string;
  /** CSS pixels. */
  readonly width: number;
  readonly min: number;
  readonly max: number;
  /** While dragging. */
  readonly onMove: (width: number) => void;
  /** When done: the width to remember. */
  readonly onDone: (width: number) => void;
}

const KEY_STEP = 16;

/** The edge of a pane or column: dragged, or moved with the arrow keys. */
export function Resizer({ label, width, min, max, onMove, onDone }: ResizerProps) {
  const drag = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const clamp = (value: number) => Math.round(Math.min(max, Math.max(min, value)));
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(width)}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={styles.resizer}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (drag.current) onMove(clamp(drag.current.width + event.clientX - drag.current.x));
      }}
      onPointerUp={(event) => {
        if (!drag.current) return;
        onDone(clamp(drag.current.width + event.clientX - drag.current.x));
        drag.current = null;
      }}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? KEY_STEP : event.key === 'ArrowLeft' ? -KEY_STEP : 0;
        if (step === 0) return;
        event.preventDefault();
        event.stopPropagation();
        onMove(clamp(width + step));
        onDone(clamp(width + step));
      }}
    />
  );
}
