import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { calendarOf } from '#core/incoming/calendar.ts';
import type { IncomingFields } from '#shared/domain/document-fields.ts';
import { incomingRecord } from '#tests/support/office-records.ts';

const now = new Date('2026-03-10T02:00:00.000Z');
const documentId = 'H15.02,2026/03/10,12/GM-SNV';

function invitation(fields: Partial<IncomingFields> = {}) {
  const record = incomingRecord();
  const received = record.received === null ? null : { ...record.received, documentId };
  const meeting = { documentType: 'Giấy mời', meetingAt: '2026-03-16T07:00:00.000Z' };
  return { ...record, received, fields: { ...record.fields, ...meeting, ...fields } };
}

/** Read by another parser than the one that wrote it. */
function parse(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const zone = calendar.getFirstSubcomponent('vtimezone');
  const component = calendar.getFirstSubcomponent('vevent');
  if (zone === null || component === null) throw new Error('no zone or no event');
  return { calendar, zone: new ICAL.Timezone(zone), component, event: new ICAL.Event(component) };
}

describe('the calendar file of an invitation', () => {
  it('names hour, place and all that is to be known, in the zone of Việt Nam', () => {
    const fields = {
      meetingEndsAt: '2026-03-16T10:30:00.000Z',
      meetingPlace: 'Phòng họp số 1; 09 Lê Duẩn, phường Buôn Ma Thuột',
      meetingChair: 'Đồng chí Chủ tịch UBND tỉnh',
      meetingPapers: 'Báo cáo quý I,\nbản in',
      meetingLink: 'https://hop.example.invalid/?a=1&b=2',
    };
    const { name, text } = calendarOf(invitation({ abstract: 'Họp giao ban, tháng 3; phiên 1', ...fields }), now);
    expect(name).toBe('12/SNV-VP.ics');
    const { event, component, zone, calendar } = parse(text);
    expect(event.summary).toBe('Họp giao ban, tháng 3; phiên 1');
    expect(event.location).toBe(fields.meetingPlace);
    for (const value of [fields.meetingChair, fields.meetingPapers, fields.meetingLink]) {
      expect(event.description).toContain(value);
    }
    expect(component.getFirstProperty('dtstart')?.getParameter('tzid')).toBe('Asia/Ho_Chi_Minh');
    expect([event.startDate.toString(), event.endDate.toString()]).toEqual([
      '2026-03-16T14:00:00',
      '2026-03-16T17:30:00',
    ]);
    // As an instant, by the rules of the zone that the file itself brings.
    event.startDate.zone = zone;
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-03-16T07:00:00.000Z');
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(component.getFirstPropertyValue('dtstamp')?.toString()).toBe('2026-03-10T02:00:00Z');
  });

  it('rings an hour before', () => {
    const { component } = parse(calendarOf(invitation(), now).text);
    const alarm = component.getFirstSubcomponent('valarm');
    expect(alarm?.getFirstPropertyValue('action')).toBe('DISPLAY');
    expect(alarm?.getFirstPropertyValue('trigger')?.toString()).toBe('-PT1H');
    expect(alarm?.getFirstPropertyValue('description')).toBeTruthy();
  });

  it('has the id of the document: taken twice it is one, and another document is another', () => {
    const uid = (record = invitation()): string => parse(calendarOf(record, now).text).event.uid;
    expect(uid()).toBe(uid(invitation({ meetingAt: '2026-03-17T07:00:00.000Z' })));
    expect(decodeURIComponent(uid())).toBe(`${documentId}@van-thu`);
    const other = invitation();
    expect(
      uid({ ...other, received: other.received && { ...other.received, documentId: 'H15.02,2026/03/10,13/GM' } }),
    ).not.toBe(uid());
  });

  it('is the same whatever zone the machine is in', () => {
    const zone = process.env['TZ'];
    const texts = ['UTC', 'America/New_York', 'Pacific/Chatham'].map((name) => {
      process.env['TZ'] = name;
      const record = { ...invitation({ meetingAt: '2026-03-08T07:30:00.000Z' }), id: 'one' };
      return calendarOf(record, now).text;
    });
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('DTSTART;TZID=Asia/Ho_Chi_Minh:20260308T143000');
  });

  it('keeps any text whole, in lines of at most 75 octets', () => {
    const odd = fc.string({
      unit: fc.constantFrom(...Array.from('ĂẫĐợ ự,;:\\"<>nN’😀-'), '\n', 'BEGIN:VEVENT'),
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(odd, odd, odd, (abstract, meetingPlace, meetingPapers) => {
        const { text } = calendarOf(invitation({ abstract, meetingPlace, meetingPapers }), now);
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        const { event, calendar } = parse(text);
        expect(calendar.getAllSubcomponents('vevent')).toHaveLength(1);
        expect([event.summary, event.location]).toEqual([abstract, meetingPlace]);
        expect(event.description).toContain(meetingPapers);
      }),
    );
  });

  it('is none without an hour', () => {
    expect(() => calendarOf(invitation({ meetingAt: null }), now)).toThrow('NO_MEETING_HOUR');
  });
});
