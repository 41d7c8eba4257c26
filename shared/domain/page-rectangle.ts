/** A rectangle on a page, in PDF points; origin at the lower left of the visible page. */
export interface PageRectangle {
  /** Index of the page; 0 is the first. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
