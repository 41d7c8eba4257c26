import type { FindingMessages } from './findings.vi.ts';

export const findingsEn: FindingMessages = {
  FILE_DAMAGED:
    'The file is damaged, so its signatures cannot be checked. Do not use it; ask the sender for the original.',
  FILE_ENCRYPTED:
    'The file is protected by a password, so its signatures could not be checked. Ask the sender for a copy without password.',
  ENCRYPTION_CHANGED:
    'The encryption of the file was changed after signing. Do not use this document; ask the sender for the original.',
  FILE_UNUSUAL:
    'The structure of the file is unusual ({notes}); another program may show it differently. Confirm with the sender before using it.',
  FILE_TOO_COMPLEX: 'The file is abnormal and the check was stopped. Do not use it before confirming with the sender.',
  TRAILING_BYTES:
    'Foreign data was added at the end of the file after signing. Choose "View signed version" and ask the sender for the original.',
  TRAILING_PADDING:
    'Blank space was added at the end of the file after signing; what was signed did not change. Ask the sender for the original if the file must be kept for long.',
  ORPHAN_SIGNATURE:
    'The file holds a signature that belongs to nothing shown; it may have been detached. Ask the sender for the original.',
  SIGNATURE_REMOVED:
    'A signature that an earlier version of the file held was taken away. Do not use this document; ask the sender for the original.',
  SIGNATURE_SHARED: 'Two signature fields share one signature ({field}). Confirm with the sender before using it.',
  SIGNATURE_STRUCTURE:
    'Invalid signature: its structure is incomplete or wrong. Do not use this document; ask the sender to send it again.',
  NOT_COVERED: 'The signature does not cover what is shown. Do not use this document; ask the sender for the original.',
  SIGNATURE_DICT_CHANGED:
    'The details of signature "{field}" were changed after signing. Do not use this document; ask the sender for the original.',
  SIGNATURE_APPEARANCE_CHANGED:
    'The picture of signature "{field}" was replaced after signing. Choose "View signed version" and ask the sender for the original.',
  SIGNATURE_COVERS_PAGE:
    'A signature added later covers most of page {page}. Choose "View signed version" to see what is below.',
  SUBFILTER_OBSOLETE:
    'The signature uses an old format ({subFilter}) that is no longer safe. Ask the sender to sign again in a current format.',
  SUBFILTER_UNKNOWN: "The signature's format is not supported ({subFilter}). Check it with the sender's program.",
  CMS_MALFORMED:
    'The signature does not follow the standard. Do not use this document; ask the sender to sign and send it again.',
  DIGEST_MISMATCH: 'The content was changed after signing. Do not use this document; ask the sender for the original.',
  SIGNATURE_MISMATCH:
    "The signature does not match the signer's certificate. Do not use this document; ask the sender to sign again.",
  SIGNER_CERT_MISSING:
    "The signature comes without the signer's certificate, so nobody knows who signed. Ask the sender to sign again.",
  SIGNING_CERT_MISMATCH:
    'The enclosed certificate is not the one that signed. Do not use this document; ask the sender to sign again.',
  SIGNING_CERT_ABSENT:
    'The signature does not name its certificate, as PAdES demands. Ask the sender to update the signing program.',
  PROFILE_DEVIATION:
    'The signature has an attribute outside the PAdES standard ({attribute}). This does not affect its value.',
  ALGORITHM_MISMATCH:
    'The algorithms named in the signature contradict each other. Do not use this document; ask the sender to sign again.',
  ALGORITHM_WEAK:
    'The signature uses a weak algorithm ({algorithm}) that is no longer safe. Ask the sender to sign again with a stronger one.',
  ALGORITHM_UNSUPPORTED:
    "The signature's algorithm ({algorithm}) is not supported, so no conclusion is possible. Check it with the sender's program.",
  PAGES_CHANGED:
    'After signing, {added} pages were added, {removed} removed, or pages reordered. Choose "View signed version" and ask the sender for the original.',
  PAGE_CONTENT_CHANGED:
    'The content of page {page} was changed after signing. Choose "View signed version" and ask the sender for the original.',
  ANNOTATION_CHANGED:
    'On page {page} a note or picture was added, changed or removed after signing; it is not part of what was signed. Choose "View signed version" to see the original.',
  FORM_CHANGED:
    'Form field "{field}" was filled in or changed after signing; this is not part of what was signed. Choose "View signed version" to compare.',
  FIELD_CHANGED:
    'Form or signature field "{field}" was added, changed or removed after signing. Choose "View signed version" and ask the sender for the original.',
  DOCUMENT_CHANGED:
    'The general structure of the file ({key}) was changed after signing; hidden content may have been revealed or replaced. Choose "View signed version" and ask the sender for the original.',
  CHANGE_NOT_PERMITTED:
    'There are changes the signer did not permit. Choose "View signed version" and ask the sender for the original.',
  SHADOW_LAYERS:
    'The document has layers that can be switched when viewed or printed; another program may show it differently. Confirm with the sender before using it.',
  SHADOW_SCRIPT:
    'The document has scripts (JavaScript) that may change what is shown. Confirm with the sender before using it.',
  SHADOW_VALUES:
    'The document has form fields that the viewer draws itself, possibly unlike the picture that was signed. Confirm the values with the sender before using it.',
  SHADOW_XFA: 'The document has an XFA form that may be shown in place of its pages. Ask the sender for a plain PDF.',
  SHADOW_EXTERNAL:
    'The document takes part of its content from another file, which is not signed. Ask the sender for a complete copy.',
  SHADOW_COVERED:
    'Page {pages} has text under a picture or a coloured box; what is covered may differ from what is seen. Confirm it with the sender before using it.',
  SHADOW_PAGES: 'The file keeps pages that are not shown. Confirm it with the sender before using it.',
  CERT_UNTRUSTED:
    'The certificate of {name}, issued by "{issuer}", is not trusted on this computer. Ask your IT staff to add the root certificate if the issuer is legitimate.',
  CERT_EXPIRED:
    'The certificate of {name} expired on {date}; nothing proves that the signature is older. Confirm with the sender.',
  CERT_NOT_YET_VALID:
    "The certificate of {name} is valid only from {date}. Check this computer's clock, then confirm with the sender.",
  CERT_REVOKED: 'The certificate of {name} was revoked on {date}. Do not use this document; return it to the sender.',
  CERT_WRONG_USAGE:
    'The certificate of {name} may not be used to sign documents. Ask the sender to sign again with the right certificate.',
  CERT_CHAIN_INVALID:
    'The certificate of {name} was issued by someone without the right to issue certificates. Do not use this document; return it to the sender.',
  REVOCATION_NOT_CHECKED:
    'Whether the certificate of {name} was revoked could not be checked. Connect to the network and check again.',
  REVOCATION_STALE:
    'The revocation list of the issuer of {name} is out of date (until {date}). Connect to the network and check again.',
  TIMESTAMP_UNPROVEN:
    'The signature carries a timestamp of {name}, but that authority could not be verified ({cause}), so the time of signing is not proven.',
  TIMESTAMP_MISMATCH: 'The timestamp does not match; the time of signing is not assured. Ask the sender to sign again.',
};
