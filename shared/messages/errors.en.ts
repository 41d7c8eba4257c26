import type { errors as source, ErrorWords } from './errors.vi.ts';

export const errors: Readonly<Record<keyof typeof source, ErrorWords>> = {
  UNEXPECTED: {
    what: 'Something unexpected went wrong; this was not done.',
    kept: 'Books and saved files are untouched.',
    next: 'Try again; if it fails again, export diagnostics in Settings and send them to technical support.',
  },
  INVALID_INPUT: {
    what: 'A field is not right, so nothing was recorded.',
    kept: 'What you typed is still on the screen.',
    next: 'Check the marked fields and do it again.',
  },
  UNKNOWN_CALL: {
    what: 'The screen and the program behind it are of different versions.',
    kept: 'Books and saved files are untouched.',
    next: 'Close the application and open it again.',
  },
  PAYLOAD_TOO_LARGE: {
    what: 'The text is too long to be recorded.',
    kept: 'What you typed is still on the screen.',
    next: 'Shorten it or remove some recipients, then do it again.',
  },
  CORE_UNAVAILABLE: {
    what: 'The application is restarting its inner part.',
    kept: 'Nothing is recorded twice; saved data are untouched.',
    next: 'Wait a few seconds, then choose Try again.',
  },
  NOT_ALLOWED: {
    what: 'The person at this computer may not do this, so it was not done.',
    kept: 'Books and saved files are untouched; what you typed is still on the screen.',
    next: 'Ask someone who may, or ask your administrator to give you that duty.',
  },
  NOT_FOUND: {
    what: 'This item can no longer be found.',
    kept: 'Other documents are not affected.',
    next: 'Go back to the list and open it again.',
  },
  STALE_REVISION: {
    what: 'The document has changed since you opened it, so this was not recorded.',
    kept: 'The newest version in the book is untouched; what you typed is still on the screen.',
    next: 'Look at the newest version, then do it again.',
  },
  WRONG_STATE: {
    what: 'The document has moved on, so this step no longer applies.',
    kept: 'Its present state is kept.',
    next: 'Look at its new state and choose the next step.',
  },
  DISK_FULL: {
    what: 'The disk is full, so this could not be saved.',
    kept: 'Everything saved before is untouched; nothing is half written.',
    next: 'Free some space on the disk, then choose Try again.',
  },
  FILE_TOKEN_EXPIRED: {
    what: 'The chosen file can no longer be used: it was chosen too long ago or has been used.',
    kept: 'What you typed is still on the screen.',
    next: 'Choose the file again.',
  },
  FILE_UNREADABLE: {
    what: 'The chosen file cannot be read.',
    kept: 'Nothing was entered in a book; the original file is unchanged.',
    next: 'See whether another program has it open or the drive was removed, then choose it again.',
  },
  FILE_MISSING: {
    what: 'The file of this document is missing from the store.',
    kept: 'The entry in the book is untouched.',
    next: 'Bring the file back from a backup, or add the document again from the original.',
  },
  FILE_NOT_WRITTEN: {
    what: 'The file could not be written there.',
    kept: 'The stored file is untouched.',
    next: 'Choose another folder, or close the file of the same name.',
  },
  PDF_NOT_PDF: {
    what: 'This file is not a PDF.',
    kept: 'Nothing was entered in a book.',
    next: 'Export the document as PDF and choose that file.',
  },
  PDF_EMPTY: {
    what: 'The PDF file is empty.',
    kept: 'Nothing was entered in a book.',
    next: 'Export the PDF again from the original and choose it.',
  },
  PDF_ENCRYPTED: {
    what: 'The PDF is protected by a password.',
    kept: 'Nothing was changed; the original file is untouched.',
    next: 'Ask for a PDF without a password and choose it.',
  },
  PDF_BROKEN: {
    what: 'The PDF is damaged and cannot be read.',
    kept: 'Nothing was changed; the original file is untouched.',
    next: 'Export the PDF again from the original, or ask the sender for it again.',
  },
  PDF_TOO_LARGE: {
    what: 'The PDF is too large.',
    kept: 'Nothing was entered in a book.',
    next: 'Make it smaller (scan at 200 dpi, or put annexes in a file of their own), then choose it again.',
  },
  PDF_TOO_COMPLEX: {
    what: 'The PDF is too complex to be checked fully.',
    kept: 'The original file is untouched.',
    next: 'Export the PDF again from the original, then try again.',
  },
  READING_LIMIT: {
    what: 'This file takes too much time or memory, so it was not read.',
    kept: 'The original file is untouched, and the program works as before.',
    next: 'Export the PDF again from the original, or ask the sender for it again.',
  },
  READER_UNAVAILABLE: {
    what: 'The part that reads files does not run at the moment.',
    kept: 'Nothing was changed.',
    next: 'Press Try again; if it still fails, restart the program.',
  },
  PDF_NO_SUCH_PAGE: {
    what: 'The document has no such page.',
    kept: 'The original file is untouched.',
    next: 'Choose a page that the document has.',
  },
  PDF_NO_SUCH_SIGNATURE: {
    what: 'This signature is not in the document.',
    kept: 'The original file is untouched.',
    next: 'Open the document again to see the signatures it has.',
  },
  STAMP_ALREADY_SIGNED: {
    what: 'The document is signed already, so no number or date can be put on the page.',
    kept: 'The signature is untouched.',
    next: 'Take the number on the unsigned version.',
  },
  STAMP_TEXT_UNSUPPORTED: {
    what: 'There is a character that cannot be printed on the page.',
    kept: 'The page has not been changed.',
    next: 'Correct the notation or the text, then do it again.',
  },
  DUPLICATE_DOCUMENT: {
    what: 'This document may be in the book already: same sender, number and date.',
    kept: 'No arrival number was taken; what you typed is still there.',
    next: 'Look at the other one; if it is still needed, choose to register it once more.',
  },
  NO_SENDER: {
    what: 'This document came on paper: the exchange knows no sender to return it to.',
    kept: 'It still waits to be registered; nobody was told anything.',
    next: 'Give the paper back to its sender, or register the document.',
  },
  BOOK_IN_USE: {
    what: "This year's book holds numbers already, so its start can no longer be changed.",
    kept: 'The numbers given are untouched.',
    next: 'Go on with the next number of the book.',
  },
  RECIPIENT_NOT_IN_DIRECTORY: {
    what: 'A recipient is not in the directory.',
    kept: 'What you typed is still on the screen.',
    next: 'Choose the recipient from the directory, or remove it.',
  },
  RECIPIENT_IS_SELF: {
    what: 'The recipient is your own agency.',
    kept: 'What you typed is still on the screen.',
    next: 'Remove your own agency from the recipients.',
  },
  NO_RECIPIENTS: {
    what: 'The document has no recipient.',
    kept: 'It stays where it is.',
    next: 'Add at least one recipient, then go on.',
  },
  PRINTED_NUMBER_DIFFERS: {
    what: 'The number printed on the document is not the next number of the book.',
    kept: 'No number was taken; the document stays where it is.',
    next: 'Correct the number on the document and add the file again, or leave the number blank on it.',
  },
  NUMBER_PLACE_UNKNOWN: {
    what: 'There is no blank after “Số:” for the number.',
    kept: 'No number was taken; the document stays where it is.',
    next: 'Leave a blank after “Số:” in the document and add the file again.',
  },
  SECRET_DOCUMENT: {
    what: 'The document bears a secrecy mark, so it must not be put on a networked computer.',
    kept: 'The copy just read was deleted; nothing was entered in a book.',
    next: 'Handle it under the rules for state secrets, on a computer of its own without a network.',
  },
  DATE_IN_FUTURE: {
    what: 'The date of the document is after today, so no number can be taken yet.',
    kept: 'No number was taken; the document stays where it is.',
    next: 'Correct the date of the document, or take the number on that day.',
  },
  EXPRESS_HOUR_GONE: {
    what: 'The hour of the express document is gone: nobody could open it in time.',
    kept: 'The document stays where it is.',
    next: 'Take it back to the drafts and set another hour. If it has a number, cancel that and make a new document.',
  },
  DUE_DATE_GONE: {
    what: 'The deadline is past.',
    kept: 'The document stays where it is.',
    next: 'Take it back to the drafts and set another deadline, or one counted from issue. If it has a number, cancel that and make a new document.',
  },
  MEETING_GONE: {
    what: 'The hour of the meeting is past.',
    kept: 'The document stays where it is.',
    next: 'Take it back to the drafts and correct the hour. If it has a number, cancel that and make a new invitation.',
  },
  MEETING_START_MISSING: {
    what: 'The meeting has an end but no beginning.',
    kept: 'The document stays where it is.',
    next: 'Enter when it begins, or leave both hours empty.',
  },
  MEETING_ENDS_BEFORE_START: {
    what: 'The meeting does not end after its beginning.',
    kept: 'The document stays where it is.',
    next: 'Correct the end, or leave it empty if the invitation does not say it.',
  },
  MEETING_TOO_LONG: {
    what: 'The meeting lasts more than {days} days.',
    kept: 'The document stays where it is.',
    next: 'Check month and year of its end.',
  },
  NOT_INVITED: {
    what: 'This document is no invitation that came through the exchange.',
    kept: 'No answer was sent.',
    next: 'Answer the sender as the document asks.',
  },
  NO_MEETING_HOUR: {
    what: 'This invitation names no hour, so there is nothing for the calendar.',
    kept: 'The document is unchanged.',
    next: 'Look at the document and enter the hour in your calendar.',
  },
  NOT_ENROLLED: {
    what: 'This computer is not connected to the exchange yet.',
    kept: 'The signed document is kept under To send.',
    next: 'Open Settings, Server, enter the enrolment code, then send again.',
  },
  ALREADY_ENROLLED: {
    what: 'This computer is enrolled with the exchange already.',
    kept: 'The present enrolment goes on working.',
    next: 'Nothing else to do; to change the agency, ask technical support.',
  },
  ENROL_CODE_INVALID: {
    what: 'The enrolment code is wrong or has been used.',
    kept: 'The computer goes on working locally.',
    next: "Type the code again, or ask the exchange's administrator for a new one.",
  },
  ENROL_CODE_EXPIRED: {
    what: 'The enrolment code has expired.',
    kept: 'The computer goes on working locally.',
    next: "Ask the exchange's administrator for a new one.",
  },
  AGENCY_DIFFERS: {
    what: 'This code belongs to another agency than the books on this computer.',
    kept: 'Nothing was enrolled; books and documents here are untouched.',
    next: 'Ask for the code of the right agency. Move books to another agency only after a merger.',
  },
  REGISTER_EXISTS: {
    what: 'This agency already has its books on another computer; two books would give the same numbers.',
    kept: 'Nothing was enrolled; books and documents here are untouched.',
    next: 'Work on that computer. Replace it by this one only when it is no longer used.',
  },
  REGISTER_OUTDATED: {
    what: 'The books here are an older copy; another computer has a newer one.',
    kept: 'Nothing was enrolled; books and documents here are untouched.',
    next: 'Work on that computer, or bring the newest backup here.',
  },
  EXCHANGE_UNREACHABLE: {
    what: 'The exchange server cannot be reached.',
    kept: 'Documents waiting to be sent are kept and leave by themselves when the network is back.',
    next: "Check the network and the server's address.",
  },
  EXCHANGE_GARBAGE: {
    what: "The server's answer is not that of an exchange.",
    kept: 'Nothing was half received or half sent.',
    next: "Check the server's address; if it is right, tell the exchange's administrator.",
  },
  EXCHANGE_REFUSED: {
    what: 'The exchange refused this request.',
    kept: 'The document is kept on this computer.',
    next: "See the reason with the document, or ask the exchange's administrator.",
  },
  P12_WRONG_PASSWORD: {
    what: 'The password of the certificate file is wrong.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Type it again; mind the Vietnamese input method and Caps Lock.',
  },
  P12_BROKEN: {
    what: 'The certificate file is damaged or is no .p12 file.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Choose the right .p12 or .pfx file, or ask for it again.',
  },
  P12_NO_KEY: {
    what: 'The certificate file holds no private key, so it cannot sign.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Choose the .p12 file with its key, as the authority gave it.',
  },
  P12_KEY_UNSUPPORTED: {
    what: 'The kind of key in the certificate file is not supported.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Use a certificate with RSA of 2048 bits or more, or ECDSA.',
  },
  P12_MISSING: {
    what: 'The certificate file is not where it was.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Plug in the drive that holds it, or add the certificate again in Settings.',
  },
  IMAGE_NOT_PNG: {
    what: 'The picture of the signature or seal is not a PNG file.',
    kept: 'The certificate was not added.',
    next: 'Choose a PNG picture with a transparent ground.',
  },
  SIGNER_CRASHED: {
    what: 'The signing part stopped suddenly.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Choose Try again; if it fails again, restart the application.',
  },
  SIGN_CERT_EXPIRED: {
    what: 'The certificate has expired.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Renew it, or choose another certificate.',
  },
  SIGN_CERT_NOT_YET_VALID: {
    what: 'The certificate is not valid yet.',
    kept: 'Nothing was signed; the document is untouched.',
    next: "Check the computer's date, or choose another certificate.",
  },
  SIGN_CERT_WRONG_USAGE: {
    what: 'This certificate was not issued for signing documents.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Choose a certificate for signing.',
  },
  SIGN_CERT_UNREADABLE: {
    what: 'The certificate cannot be read.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Add the certificate again in Settings.',
  },
  SIGN_KEY_MISMATCH: {
    what: 'The key and the certificate in the file do not belong together.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Ask the authority for the file again.',
  },
  SIGN_IMAGE_UNSUPPORTED: {
    what: 'This picture of the signature or seal cannot be used.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Choose another PNG picture in Settings.',
  },
  SIGN_NOT_PERSON_SIGNED: {
    what: 'The document has no personal signature yet, so it cannot be sealed.',
    kept: 'It stays where it is.',
    next: 'Sign it by the person first, then seal it.',
  },
  SIGN_INVALID_EXISTING: {
    what: 'The document already holds an invalid signature, so no other is added.',
    kept: 'The document is untouched.',
    next: 'Look under Signatures; mostly it must be made again from the original.',
  },
  SIGN_DOCMDP_FORBIDS: {
    what: 'The present signature does not allow another one.',
    kept: 'The document and its signature are untouched.',
    next: 'Use a version that is not locked.',
  },
  SIGN_RESULT_INVALID: {
    what: 'The signature just made did not pass our check and was dropped.',
    kept: 'The document as it was before is untouched.',
    next: 'Try again; if it fails again, export diagnostics for technical support.',
  },
  SETTINGS_NOT_SAVED: {
    what: 'The settings could not be saved.',
    kept: 'The old ones stay in force.',
    next: 'See that the disk has room, then try again.',
  },
  EXCHANGE_BUSY: {
    what: 'The exchange is busy or under maintenance.',
    kept: 'The document still waits in the queue.',
    next: 'Nothing to do: it is tried again by itself.',
  },
  CLOCK_SKEW: {
    what: "This computer's clock is far from the exchange's, so no connection is made.",
    kept: 'The document still waits in the queue.',
    next: 'Set the date and time of Windows; it is tried again by itself.',
  },
  REQUEST_ALTERED: {
    what: 'The request was changed on its way to the exchange.',
    kept: 'The document still waits in the queue.',
    next: 'It is tried again by itself; if it happens again, tell the network administrator.',
  },
  REQUEST_REPLAYED: {
    what: 'The exchange got the same request twice and counted only the first.',
    kept: 'The document still waits in the queue.',
    next: 'It is tried again by itself; nothing to do.',
  },
  HTTPS_REQUIRED: {
    what: "The exchange's address must begin with https://.",
    kept: 'Nothing was sent over a line without encryption.',
    next: "Type the address with https://, or ask the exchange's administrator.",
  },
  TOO_MANY_RECIPIENTS: {
    what: 'The document has more recipients than the exchange takes at once.',
    kept: 'The document is kept on this computer and went to nobody.',
    next: "Send it in several parts, or ask the exchange's administrator.",
  },
  UNAUTHENTICATED: {
    what: 'The exchange does not know this computer.',
    kept: 'Books and documents here are untouched.',
    next: 'Ask the administrator of the exchange to enrol it again.',
  },
  WORKSTATION_REVOKED: {
    what: 'The administrator has withdrawn this computer from the exchange.',
    kept: 'Books and documents here are untouched.',
    next: 'Ask the administrator of the exchange to enrol it again.',
  },
  REGISTER_REPLACED: {
    what: 'Another computer has taken over the books of this agency.',
    kept: 'Books and documents here are untouched, but nothing is sent or received any more.',
    next: 'Work on the new computer. If that was a mistake, ask for a new code and enrol this one again.',
  },
  AGENCY_CLOSED: {
    what: 'This agency is past its last day on the exchange and cannot send.',
    kept: 'The document is still here and went nowhere; documents still arrive.',
    next: 'Ask the administrator of the exchange.',
  },
  MESSAGE_LOST: {
    what: 'The exchange lost the contents of this message.',
    kept: 'The sender has been asked for it; it will come by itself.',
    next: 'Wait for it to come again; if it is urgent, telephone the sender.',
  },
  MESSAGE_ID_REUSED: {
    what: 'The message carries the id of another one that was received.',
    kept: 'What was received before is untouched.',
    next: 'Ask the sender whether they sent a document.',
  },
  SENDER_MISMATCH: {
    what: "The sender's code in the document is not the one this computer is enrolled for.",
    kept: 'The document is still here and went nowhere.',
    next: 'Check the agency code in Settings and ask the administrator of the exchange.',
  },
  NOT_YOURS: {
    what: 'The exchange does not see this document as one of this office.',
    kept: 'Document and books are not affected.',
    next: 'Tell the administrator if it happens again.',
  },
  OTHER_CONTENT: {
    what: 'This was stated before in other words.',
    kept: 'What was stated first is kept.',
    next: 'See the history of the document.',
  },
  TOO_MANY: {
    what: 'This document was reminded of more often than is allowed.',
    kept: 'Automatic reminders go on.',
    next: 'Call where the list says so.',
  },
  IN_THE_FUTURE: {
    what: 'This day is still to come.',
    kept: 'What was recorded before is kept.',
    next: 'Record it with today or an earlier day.',
  },
  IN_THE_PAST: {
    what: 'This hour or deadline is past.',
    kept: 'The former hour and deadline are kept.',
    next: 'Choose an hour that is still to come.',
  },
  FINISHED: {
    what: 'This document has been dealt with, sent back or recalled.',
    kept: 'The former hour and deadline are kept.',
    next: 'Nothing more needs to be done.',
  },
  NO_HOUR: {
    what: 'This document has no fixed hour that could be changed.',
    kept: 'The document and its reminders stay as they are.',
    next: 'Press Remind now if it must be opened sooner.',
  },
  ALREADY_ASKED: {
    what: 'An extension was asked for, and the sender has not answered yet.',
    kept: 'The first request still waits for its answer.',
    next: 'Wait for the answer, then ask again if needed.',
  },
  NOT_ASKED: {
    what: 'This recipient has not asked for an extension.',
    kept: 'The former deadline is kept.',
    next: 'Open the document again to see who is asking.',
  },
  ALREADY_ANSWERED: {
    what: 'This request for an extension has been answered.',
    kept: 'The first answer holds.',
    next: 'See the history of the document.',
  },
  NOT_LATER: {
    what: 'The day asked for is no later than the present deadline.',
    kept: 'Nothing was asked; the deadline is kept.',
    next: 'Choose a day and hour after the present deadline.',
  },
  NO_DEADLINE: {
    what: 'This document has no deadline.',
    kept: 'Nothing was asked.',
    next: 'If the page names one, fill it in when registering, then ask.',
  },
  NO_REASON: {
    what: 'A refusal needs a reason.',
    kept: 'Nothing was answered.',
    next: 'Write the reason for the recipient.',
  },
  NOT_WATCHED: {
    what: 'The exchange has not said yet which recipients have the document.',
    kept: 'The former hour is kept.',
    next: 'Change the hour once there is a connection again.',
  },
  RECIPIENT_UNKNOWN: {
    what: 'The exchange knows none of the recipients.',
    kept: 'The document is still here and went nowhere.',
    next: 'Check the recipients in the directory; send paper if needed.',
  },
  MESSAGE_ID_CONFLICT: {
    what: 'The exchange already has another document under the same sending id.',
    kept: 'The document is still here and was not sent again.',
    next: 'Export diagnostics in Settings and send them to support.',
  },
  MESSAGE_TOO_LARGE: {
    what: 'The document is larger than the exchange takes.',
    kept: 'The document is still here and went nowhere.',
    next: 'Make the PDF smaller and start again, or send paper.',
  },
  EDXML_INVALID: {
    what: 'The exchange cannot read the message of this document.',
    kept: 'The document is still here and went nowhere.',
    next: 'Export diagnostics in Settings and send them to support.',
  },
  DIGEST_MISMATCH: {
    what: 'The document was changed on its way.',
    kept: 'The one on this computer is untouched.',
    next: 'Press Try again; if it still fails, have the line checked.',
  },
  REQUEST_INVALID: {
    what: 'The exchange does not understand the request.',
    kept: 'The document is still here and went nowhere.',
    next: 'Update the application, or tell the administrator of the exchange.',
  },
  RATE_LIMITED: {
    what: 'The exchange gets too many requests from here.',
    kept: 'Books and documents here are untouched.',
    next: 'Wait a few minutes and try again.',
  },
  FILE_DAMAGED: {
    what: 'A file stored on this computer is damaged: it is no longer what was stored.',
    kept: 'Other documents are not affected; the damaged file is kept.',
    next: 'Have the disk checked and the file taken back from the backup.',
  },
  EDXML_NOT_XML: {
    what: 'This file is not well-formed XML.',
    kept: 'Nothing was changed.',
    next: 'Check the file, or ask the sender to send it again.',
  },
  EDXML_NOT_EDXML: {
    what: 'This file is not an edXML message.',
    kept: 'Nothing was changed.',
    next: 'Check the file, or ask the sender to send it again.',
  },
  EDXML_DTD_REFUSED: {
    what: 'The message declares a DTD and is not taken.',
    kept: 'Nothing was changed.',
    next: 'Ask the sender for one without it.',
  },
  EDXML_TOO_LARGE: {
    what: 'The message is too large.',
    kept: 'Nothing was changed.',
    next: 'Ask the sender for smaller attachments.',
  },
  EDXML_TOO_DEEP: {
    what: 'The message has an unusual structure, so reading stopped.',
    kept: 'Nothing was changed.',
    next: 'Ask the sender to send it again.',
  },
  EDXML_MISSING_FIELD: {
    what: 'The message lacks a required part.',
    kept: 'Nothing was changed.',
    next: 'Ask the sender to complete it.',
  },
  EDXML_BAD_FIELD: {
    what: 'A part of the message is wrong.',
    kept: 'Nothing was changed.',
    next: 'Ask the sender to correct it.',
  },
  EDXML_BAD_BASE64: {
    what: 'An attachment in the message is damaged.',
    kept: 'Nothing was changed.',
    next: 'Ask the sender to send it again.',
  },
  FOLDER_IN_USE: {
    what: 'Another program is using the data folder.',
    kept: 'The data is untouched.',
    next: 'Close the other program and try again.',
  },
  FOLDER_NOT_WRITABLE: {
    what: 'The data folder cannot be written.',
    kept: 'The data is untouched.',
    next: "Check the folder's permissions.",
  },
  DATABASE_NEWER: {
    what: 'The data was made by a newer version.',
    kept: 'The data is untouched.',
    next: 'Install the newer version.',
  },
  DATABASE_DAMAGED: {
    what: 'The database file is damaged.',
    kept: 'The damaged file stays where it is.',
    next: 'Restore it from the backup; do not delete the damaged file.',
  },
  ENROL_CODE_USED: {
    what: 'This enrolment code has been used.',
    kept: 'This computer is not enrolled; nothing was changed.',
    next: 'Ask the administrator of the exchange for a new code.',
  },
  UPLOAD_OFFSET_MISMATCH: {
    what: 'The exchange and this computer disagree about how much of the document has gone.',
    kept: 'The document is still here and waits in the queue.',
    next: 'Nothing to do: it goes on by itself.',
  },
  UPLOAD_INCOMPLETE: {
    what: 'The exchange does not have the whole document yet.',
    kept: 'The document is still here and waits in the queue.',
    next: 'Nothing to do: it goes on by itself.',
  },
  UPLOAD_LIMIT: {
    what: 'The agency has too many large documents half sent.',
    kept: 'The document is still here and waits in the queue.',
    next: 'Nothing to do: it is tried again by itself, at the latest after a day.',
  },
  NOT_ADDRESSED: {
    what: "This document is not addressed to this computer's agency.",
    kept: 'Books and documents here are untouched.',
    next: 'Tell the administrator of the exchange if that is wrong.',
  },
  RANGE_INVALID: {
    what: 'The half-done download no longer fits the exchange.',
    kept: 'What was received before is untouched.',
    next: 'Nothing to do: it starts again by itself.',
  },
  DUTY_OFFLINE: {
    what: 'The exchange cannot be reached, so this was not done.',
    kept: 'What you typed is still on the screen; the exchange goes on by the rota saved last.',
    next: 'Do it again when there is a connection.',
  },
  DUTY_CHANGED: {
    what: 'Somebody else has just changed this rota.',
    kept: 'What you typed is still on the screen.',
    next: 'Load the rota again, look at what changed, and save once more.',
  },
  PHONE_CODE_INVALID: {
    what: 'The code is wrong or too old.',
    kept: 'The number stays unverified.',
    next: 'Look at the message again, or send a new code.',
  },
  NO_CHANNEL: {
    what: 'The exchange cannot send a message to this number.',
    kept: 'The rota is unchanged.',
    next: 'Check the number, or tell whoever runs the exchange.',
  },
  NOT_SUPERVISING: {
    what: 'The agency of this workstation does not supervise those agencies.',
    kept: 'Registers and documents on this computer are untouched.',
    next: 'If it is to supervise them, ask the administrator of the exchange.',
  },
  PERIOD_INVALID: {
    what: 'These days make no period: the first must be before the last, and not by more than two years.',
    kept: 'Nothing was changed.',
    next: 'Choose other days.',
  },
  UNAVAILABLE: {
    what: 'The exchange does not serve at the moment.',
    kept: 'The document still waits in the queue.',
    next: 'Nothing to do: it is tried again by itself.',
  },
};
