/** The few PDUs of SMPP 3.4 that a client of text messages needs, as bytes (clauses of "SMPP v3.4 Issue 1.2"). */

export const command = {
  genericNack: 0x80000000,
  submitSm: 0x00000004,
  deliverSm: 0x00000005,
  unbind: 0x00000006,
  bindTransceiver: 0x00000009,
  enquireLink: 0x00000015,
} as const;
/** Set in the id of every response. */
export const RESPONSE = 0x80000000;

/** `command_status` (5.1.3). */
export const status = {
  ok: 0x00,
  invalidMessageLength: 0x01,
  invalidCommandId: 0x03,
  incorrectBindState: 0x04,
  systemError: 0x08,
  invalidSource: 0x0a,
  invalidDestination: 0x0b,
  bindFailed: 0x0d,
  invalidPassword: 0x0e,
  invalidSystemId: 0x0f,
  queueFull: 0x14,
  submitFailed: 0x45,
  invalidSourceTon: 0x48,
  invalidSourceNpi: 0x49,
  invalidDestinationTon: 0x50,
  invalidDestinationNpi: 0x51,
  throttled: 0x58,
  temporaryReceiverError: 0x64,
} as const;

export interface Pdu {
  readonly commandId: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Buffer;
}

const HEADER_BYTES = 16;
/** Larger than any PDU with one message and its optional parameters. */
const MOST_BYTES = 80 * 1024;

export function encodePdu(pdu: Pdu): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(HEADER_BYTES + pdu.body.length, 0);
  header.writeUInt32BE(pdu.commandId, 4);
  header.writeUInt32BE(pdu.status, 8);
  header.writeUInt32BE(pdu.sequence, 12);
  return Buffer.concat([header, pdu.body]);
}

/** Cuts a stream of bytes into PDUs. */
export class PduFeed {
  #rest: Buffer = Buffer.alloc(0);

  /** The PDUs that are whole now. @throws RangeError when these bytes are no SMPP */
  take(bytes: Buffer): readonly Pdu[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const pdus: Pdu[] = [];
    while (this.#rest.length >= 4) {
      const length = this.#rest.readUInt32BE(0);
      if (length < HEADER_BYTES || length > MOST_BYTES) throw new RangeError(`a PDU of ${length} bytes`);
      if (this.#rest.length < length) break;
      pdus.push({
        commandId: this.#rest.readUInt32BE(4),
        status: this.#rest.readUInt32BE(8),
        sequence: this.#rest.readUInt32BE(12),
        body: Buffer.from(this.#rest.subarray(HEADER_BYTES, length)),
      });
      this.#rest = this.#rest.subarray(length);
    }
    return pdus;
  }
}

/** The body of bind_transceiver (4.1.5). */
export function bindBody(systemId: string, password: string, systemType: string): Buffer {
  const SMPP_3_4 = 0x34;
  return Buffer.concat([text(systemId), text(password), text(systemType), Buffer.from([SMPP_3_4, 0, 0]), text('')]);
}

export interface Submission {
  /** Letters for a brand name, else digits. */
  readonly source: string;
  /** Digits with the country's code. */
  readonly destination: string;
  readonly coding: 'gsm7' | 'ucs2';
  /** At most 254. */
  readonly message: Buffer;
}

/** The body of submit_sm (4.4.1), with a delivery receipt asked for whatever becomes of it. */
export function submitBody(submission: Submission): Buffer {
  const [INTERNATIONAL, ALPHANUMERIC] = [1, 5];
  const ISDN = 1;
  const [RECEIPT, DEFAULT_ALPHABET, UCS2] = [1, 0, 8];
  const isNumber = /^\d+$/.test(submission.source);
  return Buffer.concat([
    text(''),
    Buffer.from(isNumber ? [0, ISDN] : [ALPHANUMERIC, 0]),
    text(submission.source),
    Buffer.from([INTERNATIONAL, ISDN]),
    text(submission.destination),
    // esm_class, protocol_id, priority_flag
    Buffer.from([0, 0, 0]),
    // schedule_delivery_time, validity_period
    text(''),
    text(''),
    // registered_delivery, replace_if_present, data_coding, sm_default_msg_id, sm_length
    Buffer.from([RECEIPT, 0, submission.coding === 'ucs2' ? UCS2 : DEFAULT_ALPHABET, 0, submission.message.length]),
    submission.message,
  ]);
}

export interface Delivered {
  readonly esmClass: number;
  readonly message: Buffer;
  /** Optional parameters by tag (5.3.2). */
  readonly parameters: ReadonlyMap<number, Buffer>;
}

/** The body of deliver_sm (4.6.1). @throws RangeError when it is cut short */
export function readDelivered(body: Buffer): Delivered {
  let offset = 0;
  const octet = (): number => body.readUInt8(offset++);
  const skipText = (): void => {
    const end = body.indexOf(0, offset);
    if (end < 0) throw new RangeError('a text has no end');
    offset = end + 1;
  };
  skipText();
  offset += 2;
  skipText();
  offset += 2;
  skipText();
  const esmClass = octet();
  offset += 2;
  skipText();
  skipText();
  offset += 4;
  const length = octet();
  const message = body.subarray(offset, offset + length);
  if (message.length < length) throw new RangeError('the message is cut short');
  offset += length;
  const parameters = new Map<number, Buffer>();
  while (offset + 4 <= body.length) {
    const size = body.readUInt16BE(offset + 2);
    parameters.set(body.readUInt16BE(offset), body.subarray(offset + 4, offset + 4 + size));
    offset += 4 + size;
  }
  return { esmClass, message, parameters };
}

/** A C-octet string. */
export function readText(body: Buffer): string {
  const end = body.indexOf(0);
  return body.toString('latin1', 0, end < 0 ? body.length : end);
}

function text(value: string): Buffer {
  return Buffer.from(`${value.replaceAll('\0', '')}\0`, 'latin1');
}
