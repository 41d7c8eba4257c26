import { createRequire } from 'node:module';
import type { LibraryHandle } from 'koffi';
import { CodedError } from '#shared/errors/coded-error.ts';
import { RETURNED } from './constants.ts';
import { functionOffset, machineLayout } from './layout.ts';
import type { Layout } from './layout.ts';

/** Functions of `CK_FUNCTION_LIST` that are called: their place in it, and their parameters. */
const functions = {
  C_Initialize: [0, 'pointer'],
  C_Finalize: [1, 'pointer'],
  C_GetSlotList: [4, 'byte', 'pointer', 'pointer'],
  C_GetTokenInfo: [6, 'ulong', 'pointer'],
  C_OpenSession: [12, 'ulong', 'ulong', 'pointer', 'pointer', 'pointer'],
  C_CloseSession: [13, 'ulong'],
  C_Login: [18, 'ulong', 'ulong', 'pointer', 'ulong'],
  C_Logout: [19, 'ulong'],
  C_GetAttributeValue: [24, 'ulong', 'ulong', 'pointer', 'ulong'],
  C_FindObjectsInit: [26, 'ulong', 'pointer', 'ulong'],
  C_FindObjects: [27, 'ulong', 'pointer', 'ulong', 'pointer'],
  C_FindObjectsFinal: [28, 'ulong'],
  C_SignInit: [42, 'ulong', 'pointer', 'ulong'],
  C_Sign: [43, 'ulong', 'pointer', 'ulong', 'pointer', 'pointer'],
} as const;
const FUNCTIONS_READ = 44;

export type DriverFunction = keyof typeof functions;

/** A function of a driver failed. What that means to people depends on when; `tokenFailure` says it. */
export class DriverError extends Error {
  override readonly name = 'DriverError';
  readonly function: DriverFunction;
  /** CKR, see {@link RETURNED}. */
  readonly value: number;

  constructor(name: DriverFunction, value: number) {
    super(`${name} 0x${value.toString(16)}`);
    this.function = name;
    this.value = value;
  }
}

/**
 * A PKCS#11 module in this process. Calls block the process, and what the module breaks it breaks here: only the signing
 * process may load one.
 */
export interface Driver {
  readonly layout: Layout;
  /** Address of a buffer, for structures that point to it. It must be held as long as the driver reads it. */
  address(buffer: Buffer): bigint;
  /** @throws DriverError */
  call(name: DriverFunction, ...args: readonly (Buffer | number | null)[]): void;
  /** The driver lets go of its devices; it may be loaded anew. */
  close(): void;
}

const loaded = new Map<string, Driver>();

/** Held for the life of the process: koffi unloads a library that nobody holds, also while its functions are called. */
const libraries: LibraryHandle[] = [];

/**
 * The driver at a path, initialised. It stays so for the life of the process: some drivers take seconds to start, and
 * some do not survive being started twice.
 * @throws CodedError KEY_KIND_UNSUPPORTED where no code for this platform is there, TOKEN_DRIVER_MISSING
 * @throws DriverError
 */
export function loadDriver(path: string, layout: Layout = machineLayout): Driver {
  const known = loaded.get(path);
  if (known) return known;
  const driver = openLibrary(path, layout);
  try {
    // Without arguments: this process calls from one thread alone.
    driver.call('C_Initialize', null);
  } catch (error) {
    if (!isReturned(error, RETURNED.CRYPTOKI_ALREADY_INITIALIZED)) throw error;
  }
  const kept: Driver = {
    ...driver,
    close: () => {
      loaded.delete(path);
      driver.call('C_Finalize', null);
    },
  };
  loaded.set(path, kept);
  return kept;
}

export function isReturned(error: unknown, value: number): boolean {
  return error instanceof DriverError && error.value === value;
}

type Koffi = typeof import('koffi');

function openLibrary(path: string, layout: Layout): Omit<Driver, 'close'> {
  const koffi = loadKoffi();
  const ulong = layout.ulong === 4 ? 'uint32' : 'uint64';
  const types = { byte: 'uint8', ulong, pointer: 'void *' } as const;
  const table = readFunctionTable(koffi, path, layout, ulong);
  const callable = new Map<DriverFunction, (...args: readonly unknown[]) => unknown>();
  const find = (name: DriverFunction) => {
    const [index, ...parameters] = functions[name];
    const pointer = table.readBigUInt64LE(functionOffset(layout, index));
    if (pointer === 0n) throw new DriverError(name, RETURNED.FUNCTION_NOT_SUPPORTED);
    const prototype = koffi.proto(
      ulong,
      parameters.map((parameter) => types[parameter]),
    );
    return koffi.decode(pointer, prototype) as (...args: readonly unknown[]) => unknown;
  };
  return {
    layout,
    address: (buffer) => koffi.address(buffer),
    call: (name, ...args) => {
      const run = callable.get(name) ?? find(name);
      callable.set(name, run);
      const value = Number(run(...args));
      if (value !== RETURNED.OK) throw new DriverError(name, value);
    },
  };
}

/** Loaded when the first token is: whoever signs with a file needs none of it. */
function loadKoffi(): Koffi {
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch (error) {
    throw new CodedError('KEY_KIND_UNSUPPORTED', {}, { cause: error });
  }
}

function readFunctionTable(koffi: Koffi, path: string, layout: Layout, ulong: string): Buffer {
  const answer = Buffer.alloc(8);
  let value: number;
  try {
    const library = koffi.load(path);
    libraries.push(library);
    const getFunctionList = library.func('C_GetFunctionList', ulong, ['void *']);
    value = Number(getFunctionList(answer));
  } catch (error) {
    // No such file, no library of this machine's kind (of 32 bits, say), or no PKCS#11.
    throw new CodedError('TOKEN_DRIVER_MISSING', { path }, { cause: error });
  }
  const list = answer.readBigUInt64LE();
  if (value !== RETURNED.OK || list === 0n) throw new CodedError('TOKEN_DRIVER_MISSING', { path });
  const bytes = koffi.array('uint8', functionOffset(layout, FUNCTIONS_READ));
  return Buffer.from(koffi.decode(list, bytes) as Uint8Array);
}
