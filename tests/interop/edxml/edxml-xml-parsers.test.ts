import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeEdxmlDocument, writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { fullDocument, fullStatus } from '#tests/unit/edxml/sample-messages.ts';

/** Prints each element as path=text. */
const printTree = `
import sys, xml.etree.ElementTree as ET
names = {'http://www.mic.gov.vn/TBT/QCVN_102_2016': '', 'urn:van-thu:edxml:1': 'ours:'}
def walk(node, path):
    namespace, name = node.tag[1:].split('}')
    path = path + [names[namespace] + name]
    text = (node.text or '').strip()
    print('/'.join(path) + ('=' + text if text and len(node) == 0 else ''))
    for child in node: walk(child, path)
walk(ET.parse(sys.argv[1]).getroot(), [])
`;

let folder: string;
let documentFile: string;
let statusFile: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'edxml-interop-'));
  documentFile = join(folder, 'document.edxml');
  statusFile = join(folder, 'status.edxml');
  writeFileSync(documentFile, writeEdxmlDocument(fullDocument));
  writeFileSync(statusFile, writeEdxmlStatus(fullStatus));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tree(file: string): string[] {
  const output = execFileSync('python3', ['-c', printTree, file], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  return output.trim().split('\n');
}

describe('edXML seen by other XML parsers', () => {
  it('is well-formed for libxml2, with the prefixes of the samples', () => {
    execFileSync('xmllint', ['--noout', documentFile, statusFile]);
    const prefixed = '/*[name()="edXML"]/*[name()="edXML:edXMLEnvelope"]/*[name()="edXML:edXMLHeader"]';
    const bare = '/*[name()="edXML"]/*[name()="AttachmentEncoded"]/*[name()="Attachment"]';
    const count = (path: string): string =>
      execFileSync('xmllint', ['--xpath', `count(${path})`, documentFile], { encoding: 'utf8' }).trim();
    expect(count(`${prefixed}/*[name()="edXML:MessageHeader"]`)).toBe('1');
    expect(count(`${bare}/*[name()="ContentId"]`)).toBe('2');
    expect(count(`${bare}/*[name()="edXML:ContentTransferEncoded"]`)).toBe('2');
  });

  it('shows Python the header of the standard in the order of the national SDK', () => {
    const header = 'edXML/edXMLEnvelope/edXMLHeader/MessageHeader/';
    const names = tree(documentFile)
      .filter((line) => line.startsWith(header))
      .map((line) => line.slice(header.length).split('=')[0]!)
      .filter((path) => !path.includes('/'));
    expect(names).toEqual([
      'From',
      'To',
      'To',
      'DocumentId',
      'Code',
      'PromulgationInfo',
      'DocumentType',
      'Subject',
      'Content',
      'SignerInfo',
      'DueDate',
      'OtherInfo',
      'ResponseFor',
      'SteeringType',
      'ToPlaces',
      'ours:Timing',
      'ours:Meeting',
    ]);
  });

  it('shows Python every value and the attachment bytes', () => {
    const lines = tree(documentFile);
    const header = 'edXML/edXMLEnvelope/edXMLHeader/';
    expect(lines).toEqual(
      expect.arrayContaining([
        `${header}MessageHeader/From/OrganId=H15.02`,
        `${header}MessageHeader/DocumentId=H15.02,2017/05/24,241/STTTT-CNTT`,
        `${header}MessageHeader/Code/CodeNumber=241`,
        `${header}MessageHeader/PromulgationInfo/PromulgationDate=2017/05/24`,
        `${header}MessageHeader/Subject=${fullDocument.subject}`,
        `${header}MessageHeader/OtherInfo/Priority=3`,
        `${header}MessageHeader/ResponseFor/Code=7816/UBND-TH`,
        `${header}MessageHeader/ours:Timing/ours:ExpressAt=2017/05/24 14:00:00`,
        `${header}TraceHeaderList/TraceHeader/Timestamp=2017/05/24 08:09:10`,
        `${header}TraceHeaderList/Bussiness/BussinessDocType=2`,
        `${header}TraceHeaderList/Bussiness/ReplacementInfoList/ReplacementInfo/OrganIdList/OrganId=H15.31`,
        'edXML/edXMLEnvelope/edXMLBody/edXMLManifest/Reference/ContentId=cid:209',
        'edXML/AttachmentEncoded/Attachment/AttachmentName=danh sách.xlsx',
        'edXML/AttachmentEncoded/Attachment/ContentTransferEncoded=AP8B/g==',
      ]),
    );
  });

  it('has a status message of header alone', () => {
    const header = 'edXML/edXMLEnvelope/edXMLHeader/MessageHeader';
    const lines = tree(statusFile);
    expect(lines.every((line) => header.startsWith(line) || line.startsWith(header))).toBe(true);
    expect(lines).toEqual(
      expect.arrayContaining([
        `${header}/StatusCode=03`,
        `${header}/ResponseFor/OrganId=H15.02`,
        `${header}/Timestamp=2017/05/24 09:00:01`,
      ]),
    );
  });
});
