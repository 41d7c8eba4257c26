import { writeEdxmlDocument, writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import type { CorePorts } from '#core/core-context.ts';
import { fullDocument, organ } from '#tests/unit/edxml/sample-messages.ts';
import { makePdf } from './make-pdf.ts';
import { agency, createOfficeHub, type OfficeHub } from './office-hub.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

export const SENDER = 'H15.01';
export const RECEIVER = 'H15.02';
export const SILENT = 'H15.03';
export const HOUR = 3_600_000;

/** Offices of one hub in one world's time. */
export interface SyncWorld {
  readonly hub: OfficeHub;
  readonly time: VirtualTime;
  /** Also those that a test opens itself; `close` closes them. */
  readonly offices: TestOffice[];
  ports(): Partial<Pick<CorePorts, 'gateway' | 'clock' | 'timers' | 'random'>>;
  /** An office of the agency, enrolled and with its directory. */
  enrolled(code: string): Promise<TestOffice>;
  /** How often an office made a call. */
  calls(code: string, call: string): number;
  close(): Promise<void>;
}

export function createSyncWorld(): SyncWorld {
  const hub = createOfficeHub([
    agency(SENDER, 'Văn phòng UBND tỉnh'),
    agency(RECEIVER, 'Sở Nội vụ'),
    agency(SILENT, 'Sở Y tế'),
    agency('H15.04', 'Sở Tư pháp'),
  ]);
  const time = createVirtualTime();
  const offices: TestOffice[] = [];
  const ports = () => ({
    gateway: hub.gateway,
    clock: time.clock,
    timers: time.timers,
    random: { next: () => 0.5 },
  });
  return {
    hub,
    time,
    offices,
    ports,
    enrolled: async (code) => {
      const office = await openTestOffice({ ports: ports() });
      offices.push(office);
      await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code, workstationName: 'Máy văn thư' });
      await time.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 4);
      return office;
    },
    calls: (code, call) => hub.line(code).calls.filter((one) => one.call === call).length,
    close: async () => {
      for (const office of offices) await office.close();
    },
  };
}

export const stateOf = async (office: TestOffice, id: string) => (await office.ok('outgoing.get', { id })).state;
export const deliveryTo = async (office: TestOffice, id: string, code: string) => {
  const { deliveries } = await office.ok('outgoing.get', { id });
  return deliveries.find(({ agencyCode }) => agencyCode === code);
};
export const arrivals = async (office: TestOffice) => (await office.ok('incoming.list', { box: 'to-register' })).rows;
export const syncOf = async (office: TestOffice) => await office.ok('exchange.line', {});

/** A letter of `from` as others' software writes it. */
export function foreignLetter(from: string, number: number, change: Partial<typeof fullDocument> = {}): Uint8Array {
  return writeEdxmlDocument({
    ...fullDocument,
    from: organ(from, `Cơ quan ${from}`),
    to: [organ(RECEIVER)],
    codeNumber: String(number),
    codeNotation: 'SNV-VP',
    documentId: `${from},2026/11/20,${number}/SNV-VP`,
    promulgationDate: '2026-11-20',
    business: null,
    otherInfo: { ...fullDocument.otherInfo, priority: 0 },
    attachments: [
      { contentId: '1', name: 'thu.pdf', contentType: 'application/pdf', description: '', bytes: makePdf() },
    ],
    ...change,
  });
}

export async function statusOf(
  office: TestOffice,
  id: string,
  from: string,
  statusCode: string,
  timestamp = '2026-11-24T09:00:00+07:00',
) {
  const { codeText, fields } = await office.ok('outgoing.get', { id });
  return writeEdxmlStatus({
    from: organ(from, `Cơ quan ${from}`),
    responseFor: {
      organId: SENDER,
      code: codeText,
      promulgationDate: fields.date,
      documentId: `${SENDER},${(fields.date ?? '').replaceAll('-', '/')},${codeText}`,
    },
    staff: { department: '', staff: '', mobile: '', email: '' },
    statusCode,
    description: statusCode === '02' ? 'Gửi nhầm' : '',
    timestamp,
  });
}
