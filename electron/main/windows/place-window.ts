import type { WindowPlace } from '../settings/settings-store.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const defaultSize = { width: 1366, height: 768 };
export const minimumSize = { width: 900, height: 600 };

/** So much of the window must lie on a screen that its title bar can be grasped. */
const GRASPABLE = 80;

/** Where the window was, unless that is on no screen any more; else centred by the system, not larger than the screen. */
export function placeWindow(
  remembered: WindowPlace | null,
  workAreas: readonly Rectangle[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  const home = workAreas[0] ?? { x: 0, y: 0, ...defaultSize };
  if (remembered === null) return fit(defaultSize, home);
  for (const area of workAreas) {
    const place = { x: remembered.x, y: remembered.y, ...fit(remembered, area) };
    if (canBeGrasped(place, area)) return place;
  }
  return fit(remembered, home);
}

function fit(size: { width: number; height: number }, area: Rectangle): { width: number; height: number } {
  return {
    width: Math.max(minimumSize.width, Math.min(size.width, area.width)),
    height: Math.max(minimumSize.height, Math.min(size.height, area.height)),
  };
}

function canBeGrasped(place: Rectangle, area: Rectangle): boolean {
  const overlap = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
  return overlap >= GRASPABLE && place.y >= area.y && place.y <= area.y + area.height - GRASPABLE;
}
