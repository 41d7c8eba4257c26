/** Every text that a person may have typed into a form of unknown shape, in its order and once. */
export function textsOf(body: string): string[] {
  const texts = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string' && value.trim() !== '') texts.add(value);
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) visit(part);
  };
  visit(JSON.parse(body));
  return [...texts];
}
