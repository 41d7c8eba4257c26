/** Whether a number is in the form that notices have: E.164 with its plus sign (ITU-T E.164: at most 15 digits). */
export function isPhoneNumber(text: string): boolean {
  return /^\+[1-9]\d{7,14}$/.test(text);
}

/** How providers want numbers: `84912345678` or, within Viet Nam, `0912345678`. */
export type NumberForm = 'international' | 'national';

/** A number as a provider wants it; one of another country keeps its country code. */
export function numberAs(form: NumberForm, phoneNumber: string): string {
  return form === 'national' ? phoneNumber.replace(/^\+84/, '0').replace(/^\+/, '') : phoneNumber.slice(1);
}
