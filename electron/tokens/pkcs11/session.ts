import { ATTRIBUTE, RETURNED, SERIAL_SESSION, USER } from './constants.ts';
import type { OBJECT } from './constants.ts';
import { DriverError, isReturned } from './driver.ts';
import type { Driver } from './driver.ts';
import { entryOffsets, readUlong, ulongBytes, writeUlong } from './layout.ts';

/** A handle of the driver's. */
export type ObjectHandle = number;

/** Certificates are some kB; anything of this size is broken. */
const MAX_ATTRIBUTE_BYTES = 64 * 1024;
/** Tokens have room for a few dozen. */
const MAX_OBJECTS = 256;
/** RSA of 8192 bits. */
const MAX_SIGNATURE_BYTES = 1024;

/** Opens a session that only reads. @throws DriverError */
export function openSession(driver: Driver, slot: number): TokenSession {
  const handle = Buffer.alloc(driver.layout.ulong);
  driver.call('C_OpenSession', slot, SERIAL_SESSION, null, null, handle);
  return new TokenSession(driver, readUlong(driver.layout, handle) ?? 0);
}

/** An open session with a token. Its methods throw DriverError. */
export class TokenSession {
  readonly #driver: Driver;
  readonly #session: number;

  constructor(driver: Driver, session: number) {
    this.#driver = driver;
    this.#session = session;
  }

  /** Tries a PIN once. Null lets the person type it at the reader's own keys. */
  login(pin: string | null): void {
    // Not of the pool that Node shares between small buffers.
    const bytes = Buffer.alloc(Buffer.byteLength(pin ?? ''));
    bytes.write(pin ?? '');
    const tryOnce = (): void => {
      this.#driver.call('C_Login', this.#session, USER, pin === null ? null : bytes, bytes.length);
    };
    try {
      tryOnce();
    } catch (error) {
      // Whoever was logged in before, this PIN was not looked at yet.
      if (!isReturned(error, RETURNED.USER_ALREADY_LOGGED_IN)) throw error;
      this.#driver.call('C_Logout', this.#session);
      tryOnce();
    } finally {
      bytes.fill(0);
    }
  }

  /** Closes what was only read. */
  close(): void {
    this.#letGo('C_CloseSession');
  }

  /** Logs out and closes. */
  end(): void {
    this.#letGo('C_Logout');
    this.#letGo('C_CloseSession');
  }

  /** A driver that cannot, because the token is gone or it never came to a login, has nothing left to let go of. */
  #letGo(name: 'C_Logout' | 'C_CloseSession'): void {
    try {
      this.#driver.call(name, this.#session);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
    }
  }

  /** Objects of a class, at most {@link MAX_OBJECTS}. */
  find(objectClass: (typeof OBJECT)[keyof typeof OBJECT]): ObjectHandle[] {
    const { layout } = this.#driver;
    const wanted = this.#entry(ATTRIBUTE.CLASS, ulongBytes(layout, objectClass));
    this.#driver.call('C_FindObjectsInit', this.#session, wanted, 1);
    const found: ObjectHandle[] = [];
    const handle = Buffer.alloc(layout.ulong);
    const count = Buffer.alloc(layout.ulong);
    while (found.length < MAX_OBJECTS) {
      this.#driver.call('C_FindObjects', this.#session, handle, 1, count);
      if (readUlong(layout, count) !== 1) break;
      found.push(readUlong(layout, handle) ?? 0);
    }
    this.#driver.call('C_FindObjectsFinal', this.#session);
    return found;
  }

  /** Null for what the object does not have or does not tell. */
  attribute(object: ObjectHandle, type: number): Uint8Array | null {
    const { layout } = this.#driver;
    const { length, size } = entryOffsets(layout);
    const ask = (entry: Buffer): number | null => {
      this.#driver.call('C_GetAttributeValue', this.#session, object, entry, 1);
      return readUlong(layout, entry, length);
    };
    try {
      const room = ask(this.#entry(type));
      if (room === null || room > MAX_ATTRIBUTE_BYTES) return null;
      if (room === 0) return new Uint8Array();
      const entry = this.#entry(type, Buffer.alloc(room));
      return new Uint8Array(entry.subarray(size, size + (ask(entry) ?? 0)));
    } catch (error) {
      const untold = [RETURNED.ATTRIBUTE_SENSITIVE, RETURNED.ATTRIBUTE_TYPE_INVALID];
      if (untold.some((value) => isReturned(error, value))) return null;
      throw error;
    }
  }

  /** An attribute that is a `CK_ULONG`. */
  number(object: ObjectHandle, type: number): number | null {
    const bytes = this.attribute(object, type);
    const { layout } = this.#driver;
    return bytes?.length === layout.ulong ? readUlong(layout, Buffer.from(bytes)) : null;
  }

  sign(key: ObjectHandle, mechanism: number, data: Uint8Array): Uint8Array {
    const { layout } = this.#driver;
    this.#driver.call('C_SignInit', this.#session, this.#entry(mechanism), key);
    const signature = Buffer.alloc(MAX_SIGNATURE_BYTES);
    const length = ulongBytes(layout, signature.length);
    this.#driver.call('C_Sign', this.#session, Buffer.from(data), data.length, signature, length);
    return new Uint8Array(signature.subarray(0, readUlong(layout, length) ?? 0));
  }

  /** A `CK_ATTRIBUTE` or `CK_MECHANISM`, and behind it what it points to. */
  #entry(type: number, value?: Buffer): Buffer {
    const { layout } = this.#driver;
    const { pointer, length, size } = entryOffsets(layout);
    const entry = Buffer.concat([Buffer.alloc(size), value ?? Buffer.alloc(0)]);
    writeUlong(layout, entry, type);
    if (value !== undefined) {
      entry.writeBigUInt64LE(this.#driver.address(entry) + BigInt(size), pointer);
      writeUlong(layout, entry, value.length, length);
    }
    return entry;
  }
}
