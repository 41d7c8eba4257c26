/**
 * Puts parameters in the place of `{name}`. A blank without a parameter is left to `unknown`, which gets it as written,
 * braces and all; without one it stays empty.
 */
export function fillText(
  text: string,
  params: Readonly<Record<string, string | number>>,
  unknown: (blank: string) => string = () => '',
): string {
  return text.replaceAll(/\{(\w+)\}/g, (blank, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : unknown(blank),
  );
}
