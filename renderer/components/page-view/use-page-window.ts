import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import { PAGE_GAP, pageInView, pagesNear, pageTops, scrollTopForMark } from './page-mark.ts';
import type { PageSize } from './use-pdf-document.ts';

/** `fit`: as wide as the pane allows. Else CSS pixels per PDF point; 1.333 is paper size. */
export type Zoom = 'fit' | number;

const MIN_SCALE = 0.35;
const MAX_SCALE = 5;
/** In a very wide pane a page stops growing here: a line of print gets no easier to read. */
const MAX_FIT_WIDTH = 1100;
const SIDE_ROOM = 24;
const ZOOM_STEP = 1.2;

export interface PageWindow {
  readonly scale: number;
  readonly zoom: Zoom;
  readonly current: number;
  readonly near: { readonly first: number; readonly last: number };
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
}

/** Scrolling and zooming of the pages inside `host`, with the place in sight kept while zooming. */
export function usePageWindow(
  host: RefObject<HTMLDivElement | null>,
  sizes: readonly PageSize[],
  mark: PageRectangle | null,
): PageWindow {
  const [zoom, setZoom] = useState<Zoom>('fit');
  const [view, setView] = useState({ width: 0, height: 0, scrollTop: 0 });

  const widest = sizes.reduce((width, size) => Math.max(width, size.width), 0);
  const room = Math.min(MAX_FIT_WIDTH, Math.max(200, view.width - 2 * SIDE_ROOM));
  const scale = zoom === 'fit' ? (widest === 0 ? 1 : room / widest) : zoom;

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return;
    const measure = (): void =>
      setView({ width: element.clientWidth, height: element.clientHeight, scrollTop: element.scrollTop });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    let frame = 0;
    const onScroll = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', onScroll);
    };
  }, [host]);

  useKeptPlace(host, sizes, scale);

  const step = useCallback(
    (factor: number) => setZoom(Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale * factor))),
    [scale],
  );
  const zoomIn = useCallback(() => step(ZOOM_STEP), [step]);
  const zoomOut = useCallback(() => step(1 / ZOOM_STEP), [step]);
  const fit = useCallback(() => setZoom('fit'), []);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      step(event.deltaY < 0 ? 1.1 : 1 / 1.1);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [host, step]);

  // Read when the mark changes only: zooming must not pull the page back to it.
  const latestScale = useRef(scale);
  useEffect(() => {
    latestScale.current = scale;
  });
  useEffect(() => {
    const element = host.current;
    if (element === null || mark === null || sizes.length === 0 || element.clientHeight === 0) return;
    const top = scrollTopForMark(mark, sizes, latestScale.current, {
      scrollTop: element.scrollTop,
      height: element.clientHeight,
    });
    if (top === null) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    element.scrollTo({ top, behavior: still ? 'auto' : 'smooth' });
  }, [host, mark, sizes]);

  return {
    scale,
    zoom,
    current: pageInView(sizes, scale, view),
    near: pagesNear(sizes, scale, view),
    zoomIn,
    zoomOut,
    fit,
  };
}

/** When the scale changes, scrolls so that what stood in the window's middle stays there. */
function useKeptPlace(host: RefObject<HTMLDivElement | null>, sizes: readonly PageSize[], scale: number): void {
  const before = useRef(scale);
  useLayoutEffect(() => {
    const element = host.current;
    const old = before.current;
    before.current = scale;
    if (element === null || old === scale || element.scrollTop <= PAGE_GAP) return;
    const middle = element.scrollTop + element.clientHeight / 2;
    const oldTops = pageTops(sizes, old);
    const page = Math.max(
      0,
      oldTops.findLastIndex((top) => top <= middle),
    );
    const pointsIn = (middle - (oldTops[page] ?? 0)) / old;
    element.scrollTop = (pageTops(sizes, scale)[page] ?? 0) + pointsIn * scale - element.clientHeight / 2;
  }, [host, sizes, scale]);
}
