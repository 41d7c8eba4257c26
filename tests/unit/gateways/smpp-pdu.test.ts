import fc from 'fast-check';
import smpp from 'smpp';
import { describe, expect, test } from 'vitest';
import { encodeText } from '#exchange/gateways/gsm7.ts';
import { bindBody, command, encodePdu, PduFeed, submitBody } from '#exchange/gateways/smpp-pdu.ts';

const gsm = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCXYZÄÖÑÜ§¿abcxyzäöñüà^{}\\[~]|€';

describe('our PDUs', () => {
  test('are byte for byte those of another implementation', () => {
    const text = fc.oneof(
      fc.array(fc.constantFrom(...Array.from(gsm)), { maxLength: 80 }).map((letters) => letters.join('')),
      fc
        .array(fc.constantFrom(...Array.from('ăâđêôơưạảấầỏ ABC')), { maxLength: 70 })
        .map((letters) => letters.join('')),
    );
    fc.assert(
      fc.property(
        text,
        fc.stringMatching(/^84\d{9}$/),
        fc.integer({ min: 1, max: 0x7fffffff }),
        (message, to, sequence) => {
          const { coding, bytes } = encodeText(message);
          const ours = encodePdu({
            commandId: command.submitSm,
            status: 0,
            sequence,
            body: submitBody({ source: 'UBND TINH', destination: to, coding, message: bytes }),
          });
          const theirs = new smpp.PDU('submit_sm', {
            sequence_number: sequence,
            source_addr_ton: 5,
            source_addr: 'UBND TINH',
            dest_addr_ton: 1,
            dest_addr_npi: 1,
            destination_addr: to,
            registered_delivery: 1,
            data_coding: coding === 'gsm7' ? 0 : 8,
            short_message: bytes,
          });
          expect(ours.toString('hex')).toBe(theirs.toBuffer().toString('hex'));
        },
      ),
    );
  });

  test('for binding as well', () => {
    const body = bindBody('exchange', 'secret', 'VN');
    const theirs = new smpp.PDU('bind_transceiver', {
      sequence_number: 7,
      system_id: 'exchange',
      password: 'secret',
      system_type: 'VN',
      interface_version: 0x34,
    });
    const ours = encodePdu({ commandId: command.bindTransceiver, status: 0, sequence: 7, body });
    expect(ours.toString('hex')).toBe(theirs.toBuffer().toString('hex'));
  });

  test('are found however the stream is cut', () => {
    const pdu = { commandId: command.enquireLink, status: 0, sequence: 9, body: Buffer.from('abc') };
    const stream = Buffer.concat([encodePdu(pdu), encodePdu({ ...pdu, sequence: 10 })]);
    for (let size = 1; size <= stream.length; size += 1) {
      const feed = new PduFeed();
      const found = [];
      for (let at = 0; at < stream.length; at += size) found.push(...feed.take(stream.subarray(at, at + size)));
      expect(found).toEqual([pdu, { ...pdu, sequence: 10 }]);
    }
  });

  test.each([0, 15, 0xffffffff])('with a length of %i are none', (length) => {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32BE(length);
    expect(() => new PduFeed().take(bytes)).toThrow(RangeError);
  });
});
