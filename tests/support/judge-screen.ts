import type { Page } from '@playwright/test';

/**
 * What a designer would object to on the screen as it is drawn now; empty when there is nothing: a window or a region
 * that scrolls sideways, text cut without "…", cut text that can be read nowhere, buttons that stick out or wrap, and
 * text with less contrast than WCAG 2.2 AA asks for (1.4.3).
 */
export function judgeScreen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const ONE_LINE = 30;
    const words = (element: Element): string =>
      (element.textContent ?? '').trim().replaceAll(/\s+/gu, ' ').slice(0, 60);
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      // Words for screen readers only are clipped to nothing.
      (element.clientWidth > 1 || element.clientHeight === 0) &&
      element.closest('.visually-hidden') === null;
    const dialog = document.querySelector('dialog[open]');
    // Behind a dialog everything is dimmed and out of reach.
    const elements = [...(dialog ?? document.body).querySelectorAll('*')].filter(
      (element) => element instanceof HTMLElement && isShown(element),
    ) as HTMLElement[];

    // At 125 %, the letter that is looked at has most of the height, where nothing else asks to be read before it.
    const pane =
      dialog === null && window.innerWidth < 1100 ? document.querySelector('[data-testid="document-pane"]') : null;
    const letter = pane?.querySelector('[data-testid="page-scroll"]') ?? null;
    const tags = pane?.querySelector('[data-testid="document-tags"]')?.clientHeight ?? 0;
    const asks = pane?.querySelector('[role=note], [role=alert]') !== null || tags > ONE_LINE;
    if (letter !== null && !asks) {
      const share = letter.getBoundingClientRect().height / window.innerHeight;
      // The line of a signature that holds takes its part.
      if (share < (pane?.querySelector('[data-verdict]') === null ? 0.6 : 0.55))
        found.add(`the page has ${Math.round(share * 100)} % of the height`);
    }
    if (document.documentElement.scrollWidth > window.innerWidth) found.add('the window scrolls sideways');
    for (const element of elements) {
      const style = getComputedStyle(element);
      const scrolls = ['auto', 'scroll'].includes(style.overflowX);
      if (scrolls && element.scrollWidth > element.clientWidth + 1 && !(element instanceof HTMLTextAreaElement)) {
        found.add(`scrolls sideways: ${element.className} ${words(element)}`);
      }
      if (isCut(element, style)) found.add(`cut: ${words(element)}`);
      if (element instanceof HTMLButtonElement) judgeButton(element);
      if (hasOwnText(element)) judgeContrast(element, style);
    }
    return [...found];

    function hasOwnText(element: HTMLElement): boolean {
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value !== '';
      return [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      );
    }

    function isCut(element: HTMLElement, style: CSSStyleDeclaration): boolean {
      if (element instanceof HTMLInputElement || !hasOwnText(element)) return false;
      const hides = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
      const clamped = style.webkitLineClamp !== 'none' && style.webkitLineClamp !== '';
      if (hides(style.overflowY) && !clamped && element.scrollHeight > element.clientHeight + 1) return true;
      if (!hides(style.overflowX) || element.scrollWidth <= element.clientWidth + 1) return false;
      const titled = element.closest('[title]') ?? element.querySelector('[title]');
      // A row of a list opens its document, where the whole text stands.
      return (
        style.textOverflow !== 'ellipsis' || (titled === null && element.closest('[role=row], [role=option]') === null)
      );
    }

    function judgeButton(button: HTMLButtonElement): void {
      const box = button.getBoundingClientRect();
      const row = button.parentElement?.getBoundingClientRect();
      if (box.right > window.innerWidth + 1 || box.left < -1) found.add(`button outside the window: ${words(button)}`);
      // A quiet button may stand out to the left, so that its words are in line with the text.
      if (row !== undefined && (box.right > row.right + 1.5 || box.left < row.left - 8)) {
        found.add(`button outside its place: ${words(button)}`);
      }
      if (button.scrollWidth > button.clientWidth + 1) found.add(`button too narrow: ${words(button)}`);
      const keyed = [...(button.parentElement?.querySelectorAll(':scope > button:has(> kbd)') ?? [])];
      const tops = new Set(keyed.map((each) => Math.round(each.getBoundingClientRect().top)));
      if (tops.size > 1) found.add(`buttons on several lines: ${keyed.map(words).join(', ')}`);
    }

    function judgeContrast(element: HTMLElement, style: CSSStyleDeclaration): void {
      if (element.closest(':disabled, [aria-disabled=true], [aria-hidden=true]') !== null) return;
      // The letters over a drawn page are there to be selected, not seen.
      if (parse(style.color)[3] === 0) return;
      const ground = groundOf(element);
      const ink = over(parse(style.color), ground);
      const ratio = contrast(ink, ground);
      const size = Number.parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 600);
      if (ratio < (large ? 3 : 4.5)) found.add(`contrast ${ratio.toFixed(2)}: ${words(element)}`);
    }

    function groundOf(element: Element): number[] {
      const layers: number[][] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const colour = parse(getComputedStyle(at).backgroundColor);
        if (colour[3] === 0) continue;
        layers.push(colour);
        if (colour[3] === 1) break;
      }
      return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255, 1]);
    }

    function parse(colour: string): number[] {
      const numbers = (colour.match(/[\d.]+/gu) ?? []).map(Number);
      const scale = colour.startsWith('color(') ? 255 : 1;
      return [...numbers.slice(0, 3).map((part) => part * scale), numbers[3] ?? 1];
    }

    function over(top: number[], below: number[]): number[] {
      const alpha = top[3] ?? 1;
      return [...[0, 1, 2].map((at) => (top[at] ?? 0) * alpha + (below[at] ?? 0) * (1 - alpha)), 1];
    }

    function contrast(one: number[], other: number[]): number {
      const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
      return (light + 0.05) / (dark + 0.05);
    }

    function luminance(colour: number[]): number {
      const [red = 0, green = 0, blue = 0] = colour.slice(0, 3).map((part) => {
        const share = part / 255;
        return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }
  });
}

/** Whether the focused element shows that it has the focus. */
export function showsFocus(page: Page): Promise<{ readonly name: string; readonly shown: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return { name: 'nothing', shown: true };
    const outlined = (each: Element): boolean => {
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    };
    const active = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
    // A search field is outlined as a whole, a list at its active row; a bar that resizes shows a line of its own.
    const shown =
      outlined(element) ||
      (active !== null && outlined(active)) ||
      (element.parentElement !== null && outlined(element.parentElement)) ||
      getComputedStyle(element, '::after').content !== 'none';
    const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
    return { name: `${element.tagName} ${name.slice(0, 60)}`, shown };
  });
}
