/** Derives keys from PINs, slowly on purpose. A PIN itself is never kept. */
export interface PinKeys {
  /** How new keys are derived: name and costs of the function. */
  readonly scheme: string;
  newSalt(): Uint8Array;
  /** @throws Error for a scheme that this program does not know */
  derive(pin: string, salt: Uint8Array, scheme: string): Promise<Uint8Array>;
}
