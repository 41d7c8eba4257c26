import { CodedError } from '../errors/coded-error.ts';

/** Why bytes cannot be read (or a message cannot be written) as edXML. `params` holds numbers and names, no contents. */
export type EdxmlErrorCode =
  | 'EDXML_NOT_XML'
  | 'EDXML_NOT_EDXML'
  | 'EDXML_DTD_REFUSED'
  | 'EDXML_TOO_LARGE'
  | 'EDXML_TOO_DEEP'
  | 'EDXML_MISSING_FIELD'
  | 'EDXML_BAD_FIELD'
  | 'EDXML_BAD_BASE64';

export class EdxmlError extends CodedError {
  declare readonly code: EdxmlErrorCode;

  constructor(code: EdxmlErrorCode, params: Readonly<Record<string, string | number>> = {}) {
    super(code, params);
  }
}
