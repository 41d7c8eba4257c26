import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import { directions, type Direction } from '#shared/domain/direction.ts';
import { fieldDescription, fieldsOf, isRequired, type IncomingFields } from '#shared/domain/document-fields.ts';
import { incomingFieldsSchema } from '#shared/contract/incoming.ts';
import { DocumentFieldsForm } from '#renderer/features/document/document-fields-form.tsx';
import { emptyValues, fieldsFrom, missingFields, valuesOf } from '#renderer/features/document/form-values.ts';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import { vi as words } from '#renderer/i18n/vi/catalogue.ts';

const invitation = { values: { ...emptyValues('incoming'), documentType: 'Giấy mời' } };
const i18n = createI18n('vi');
const nothing = () => undefined;

const shown = (form: React.ReactNode) => renderToStaticMarkup(<I18nextProvider i18n={i18n}>{form}</I18nextProvider>);
const namesIn = (html: string) => [...html.matchAll(/ name="(\w+)"/g)].map((match) => match[1]);
/** The opening tag of the control of a field. */
const controlOf = (html: string, name: string) => new RegExp(`<[^<]* name="${name}"[^>]*>`).exec(html)?.[0] ?? '';

function incomingForm(part: Partial<Parameters<typeof DocumentFieldsForm<'incoming'>>[0]> = {}): string {
  return shown(
    <DocumentFieldsForm
      direction="incoming"
      values={emptyValues('incoming')}
      missing={[]}
      sourceOf={() => 'none'}
      onChange={nothing}
      onFocusField={nothing}
      {...part}
    />,
  );
}

function outgoingForm(urgency: 'normal' | 'express-timed', part = {}): string {
  return shown(
    <DocumentFieldsForm
      direction="outgoing"
      values={{ ...emptyValues('outgoing'), documentType: 'Giấy mời', urgency, addressees: '- Sở A\n\nSở B ' }}
      missing={[]}
      sourceOf={() => 'none'}
      onChange={nothing}
      onFocusField={nothing}
      {...part}
    />,
  );
}

describe('the form of a direction', () => {
  it('asks for its fields in their order', () => {
    expect(namesIn(incomingForm(invitation))).toEqual(fieldsOf('incoming'));
    expect(namesIn(outgoingForm('express-timed'))).toEqual(fieldsOf('outgoing'));
  });

  it('asks for the meeting only in an invitation, and keeps nothing of it else', () => {
    const names = fieldsOf('incoming').filter((name) => name.startsWith('meeting'));
    expect(names).toHaveLength(6);
    for (const name of names) expect(namesIn(incomingForm())).not.toContain(name);
    const values = { ...emptyValues('outgoing'), documentType: 'Giấy mời', meetingPlace: 'Hội trường' };
    expect(fieldsFrom('outgoing', values).meetingPlace).toBe('Hội trường');
    expect(fieldsFrom('outgoing', { ...values, documentType: 'Công văn' }).meetingPlace).toBe('');
  });

  it('asks for the hour only while the urgency has one, and must have it then', () => {
    expect(namesIn(outgoingForm('normal'))).not.toContain('expressAt');
    expect(controlOf(outgoingForm('express-timed'), 'expressAt')).toContain('aria-required="true"');
  });

  it('takes limits and what is required from the descriptions', () => {
    const forms: Readonly<Record<Direction, string>> = {
      incoming: incomingForm(invitation),
      outgoing: outgoingForm('express-timed'),
    };
    for (const direction of directions) {
      for (const name of fieldsOf(direction)) {
        const { kind, max } = fieldDescription(name);
        const control = controlOf(forms[direction], name);
        if (kind === 'flag') continue;
        expect(control.includes('aria-required'), name).toBe(isRequired(name, direction, { urgency: 'express-timed' }));
        if (kind === 'text' || kind === 'long-text') expect(control).toContain(`maxLength="${max}"`);
        // Of each line, not of the text: nothing is cut off while it is typed.
        if (kind === 'lines') expect(control).not.toContain('maxLength');
      }
    }
  });

  it('labels every field, and says which are missing', () => {
    const html = incomingForm({ ...invitation, missing: ['abstract'] });
    for (const label of Object.values(words.fields.incoming)) expect(html).toContain(`>${label}</label>`);
    expect(html.match(new RegExp(words.common.required, 'gu'))).toHaveLength(1);
    expect(controlOf(html, 'abstract')).toContain('aria-invalid="true"');
  });

  it('puts other parts before their field', () => {
    const html = outgoingForm('normal', { before: { paperFollows: <p>ở đây</p> } });
    expect(html.indexOf('name="recipientLines"')).toBeLessThan(html.indexOf('ở đây'));
    expect(html.indexOf('ở đây')).toBeLessThan(html.indexOf('name="paperFollows"'));
  });

  it('shows lines exactly as they were typed', () => {
    expect(outgoingForm('normal')).toContain('>- Sở A\n\nSở B </textarea>');
  });

  it('keeps a type that is none of the list', () => {
    const html = incomingForm({ values: { ...emptyValues('incoming'), documentType: 'Sắc lệnh' } });
    expect(html).toContain('<option value="Sắc lệnh" selected="">Sắc lệnh</option>');
  });
});

describe('what a form holds', () => {
  const incoming: IncomingFields = {
    agencyName: 'Sở Tư pháp',
    codeText: '12/STP',
    date: '2026-05-22',
    documentType: 'Công văn',
    urgency: 'normal',
    abstract: 'V/v phổ biến pháp luật',
    pageAmount: null,
    ...noMeeting,
    signerName: '',
    signerTitle: '',
    dueAt: null,
    paper: 'expected',
    forwardTo: '',
  };

  it('comes from the register and goes back unchanged', () => {
    const fields = fieldsFrom('incoming', valuesOf('incoming', incoming));
    expect(fields).toEqual(incoming);
    expect(incomingFieldsSchema.parse(fields)).toEqual(incoming);
  });

  it('turns lines into entries only when it is kept', () => {
    const values = { ...emptyValues('outgoing'), addressees: '- Sở A\n\n  – Sở B', expressAt: '2026-05-22T07:00:00Z' };
    const fields = fieldsFrom('outgoing', values);
    expect(fields.addressees).toEqual(['Sở A', 'Sở B']);
    expect(fields.recipientLines).toEqual([]);
    // The letter is not express: the hour that was typed before does not count.
    expect(fields.expressAt).toBeNull();
    expect(valuesOf('outgoing', fields).addressees).toBe('Sở A\nSở B');
  });

  it('lacks what is required and empty, in the order of the form', () => {
    expect(missingFields('incoming', emptyValues('incoming'))).toEqual(['agencyName', 'documentType', 'abstract']);
    expect(missingFields('incoming', valuesOf('incoming', { ...incoming, abstract: ' \n' }))).toEqual(['abstract']);
    expect(missingFields('outgoing', { ...emptyValues('outgoing'), urgency: 'express-timed' })).toContain('expressAt');
    expect(missingFields('outgoing', emptyValues('outgoing'))).not.toContain('expressAt');
  });
});
