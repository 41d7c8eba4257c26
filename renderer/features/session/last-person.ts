/** Who signed in last in this window: she is proposed first. */
let last: string | null = null;

export const lastPerson = (): string | null => last;

export function rememberPerson(personId: string): void {
  last = personId;
}
