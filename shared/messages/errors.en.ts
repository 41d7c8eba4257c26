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
  SIGNED_OUT: {
    what: 'The screen is locked, so this was not done.',
    kept: 'The books and stored files are as they were; what you typed is still there.',
    next: 'Choose your name and type your PIN, then try again.',
  },
  NOT_ALLOWED: {
    what: 'The person at this computer may not do this, so it was not done.',
    kept: 'Books and saved files are untouched; what you typed is still on the screen.',
    next: 'Ask someone who may, or ask your administrator to give you that duty.',
  },
  LIMITED_DOCUMENT: {
    what: 'This document is limited: only those who are named and those who handle it may see it.',
    kept: 'It is whole in its book.',
    next: 'If you need it, ask the records office or a leader; whoever opens it is noted.',
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
  FILE_HELD: {
    what: 'Another program (usually the antivirus) holds the file, so it could not be read or written yet.',
    kept: 'Everything saved before is untouched; nothing is half written.',
    next: 'Wait a moment, then choose Try again. If it happens again, ask the administrator to let the antivirus pass over the data folder.',
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
  PRINT_FAILED: {
    what: 'It could not be printed.',
    kept: 'Document and book are untouched.',
    next: 'Check that a printer is on and connected, then print again; or save the PDF.',
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
  PDF_PASSWORD_WRONG: {
    what: 'The password does not open this PDF.',
    kept: 'Nothing was changed; the original file is untouched.',
    next: 'Check the keyboard and capital letters and try again; otherwise ask the sender for the password.',
  },
  PDF_ENCRYPTION_UNSUPPORTED: {
    what: 'The PDF is locked in a way that this program cannot open (by certificates, or by an unknown algorithm).',
    kept: 'Nothing was changed; the original file is untouched.',
    next: 'Ask for a PDF that is not locked, or one with a password by AES-256.',
  },
  PDF_ENCRYPTION_CHANGED: {
    what: 'A later save changed how this PDF is encrypted, so its content cannot be relied on.',
    kept: 'Nothing was changed; the original file is untouched.',
    next: 'Do not use this file; ask the sender for the original.',
  },
  PDF_BROKEN: {
    what: 'The PDF is damaged and cannot be read.',
    kept: 'Nothing was changed; the original file is untouched.',
    next: 'Scan or export it again; if another program still shows it, print it from there to a new PDF (Print to PDF). Ask the sender for a received file again.',
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
  RELATED_TO_ITSELF: {
    what: 'A document is not related to itself.',
    kept: 'No relation was added.',
    next: 'Choose another document.',
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
  BOOK_NAME_TAKEN: {
    what: 'There is a book of this name.',
    kept: 'The books stay as they are.',
    next: 'Give the book another name.',
  },
  TYPE_IN_OTHER_BOOK: {
    what: 'Each type of document has one book, and one of these is in another.',
    kept: 'The books stay as they are.',
    next: 'Take the type out of that book first, or leave it out here.',
  },
  COMMON_BOOK_NEEDED: {
    what: 'Each direction has exactly one common book, for the types without a book of their own.',
    kept: 'The books stay as they are.',
    next: 'Choose at least one type for a book of its own; the common one has no types and stays in use.',
  },
  RANGE_UPSIDE_DOWN: {
    what: 'The chosen range is upside down: its beginning is after its end.',
    kept: 'Nothing was exported or printed.',
    next: 'Exchange the first and the last number or day.',
  },
  BOOK_RANGE_EMPTY: {
    what: 'The book holds no number in the chosen range.',
    kept: 'The book stays as it is.',
    next: 'Choose another book, year or range.',
  },
  DATABASE_OLDER: {
    what: 'The registers were written by an older version of Văn Thư.',
    kept: 'They stay as they are.',
    next: 'Open this version of Văn Thư once, so that they are brought up to date, then try again.',
  },
  BOOK_CLOSED: {
    what: 'This book is no longer in use, so no number can be kept in it.',
    kept: 'The numbers given are untouched.',
    next: 'Take the book into use again in the settings, or keep a number of another book.',
  },
  BOOK_YEAR_CLOSED: {
    what: 'The book of that year is closed and gives no more numbers.',
    kept: 'No number was taken; the document stays where it is.',
    next: "Check the document's date and the clock of this machine; if both are right, open that year again in the settings.",
  },
  NUMBERS_UNSURE: {
    what: 'The book was put back from a backup, and its last number is not known.',
    kept: 'No number was taken; the document stays where it is.',
    next: 'Compare with the paper book and the letters sent, then press “Confirm last numbers…” at the top of the window.',
  },
  NUMBERS_SURE: {
    what: 'The last number of this book has been confirmed already.',
    kept: 'Nothing has changed.',
    next: 'Go on numbering.',
  },
  LAST_TOO_LOW: {
    what: 'The last number cannot be below one that the book has.',
    kept: 'Nothing has changed.',
    next: 'Leave the number as it is when none was given after the backup.',
  },
  LAST_TOO_HIGH: {
    what: 'Too many numbers lie between the backup and the one that you entered.',
    kept: 'Nothing has changed.',
    next: 'Check the number that you entered.',
  },
  BOOK_YEAR_RUNNING: {
    what: 'The year is not over, so its book cannot be closed yet.',
    kept: 'The book stays open.',
    next: 'Close it after 31 December.',
  },
  NOT_A_LEADER: {
    what: 'The chosen person is not a leader.',
    kept: 'The document and earlier opinions are untouched.',
    next: 'Choose a leader, or give this person the role in Settings.',
  },
  ONE_LEAD: {
    what: 'Every document needs exactly one who leads.',
    kept: 'Nobody was given it; what you chose is still on the screen.',
    next: 'Choose one unit or person to lead; the others help or are informed.',
  },
  ASSIGNED_TWICE: {
    what: 'Somebody was chosen twice.',
    kept: 'Nobody was given it; what you chose is still on the screen.',
    next: 'Remove one of the two.',
  },
  NOBODY_SUCH: {
    what: 'A chosen unit or person is no longer in the office.',
    kept: 'Nobody was given it; what you chose is still on the screen.',
    next: 'Choose another.',
  },
  NOT_ASSIGNED: {
    what: 'The document is no longer there.',
    kept: 'Whoever has it keeps it.',
    next: 'Look at the handling of the document.',
  },
  REASON_NEEDED: {
    what: 'The sender was told that it is finished, so opening it again needs a reason.',
    kept: 'The document is still finished.',
    next: 'Write the reason; the sender gets it with the status "In progress".',
  },
  BEFORE_POSTING: {
    what: 'This day is before the one on which the paper was posted.',
    kept: 'Nothing was recorded.',
    next: 'Choose the day of posting or a later one, or correct the day of posting.',
  },
  NO_RECALL: {
    what: 'The sender does not recall this document.',
    kept: 'The document is as it was; nobody was told.',
    next: 'Open the document again to see what its sender asks for.',
  },
  RECALL_ANSWER_LEFT: {
    what: 'The answer has been sent and cannot be taken back any more.',
    kept: 'The answer stands, and the sender knows it.',
    next: 'Give the other answer with a reason; the sender gets it as well.',
  },
  RECALL_AGREED: {
    what: 'This office agreed to the recall of this document, so it cannot be opened again.',
    kept: 'The document is still finished.',
    next: 'Take the answer to the recall back, or refuse the recall: the document opens again by itself.',
  },
  NOT_REGISTERED: {
    what: 'The document is not in the book yet, so nothing can be added to its thread.',
    kept: 'What you typed is still on the screen.',
    next: 'Register the document first.',
  },
  NO_SUCH_ANSWER: {
    what: 'The answering letter has no number yet, or was cancelled.',
    kept: 'The incoming document is still in progress.',
    next: 'Give the answering letter its number first, or type number and notation.',
  },
  EXPRESS_WAITS_FOR_NOBODY: {
    what: 'An express document cannot be put aside.',
    kept: 'The document stays where it was.',
    next: 'Handle it now, or give it to whoever is on duty.',
  },
  DUE_BEFORE: {
    what: 'That day is after the deadline.',
    kept: 'The document stays where it was.',
    next: 'Choose a day before the deadline.',
  },
  UNIT_NAME_TAKEN: {
    what: 'The office already has a unit with this name.',
    kept: 'The units are as they were; what you typed is still on the screen.',
    next: 'Choose another name, or edit the unit that is there.',
  },
  NOTATION_WRONG: {
    what: 'This abbreviation cannot stand in a notation.',
    kept: 'The templates are as they were; what you typed is still on the screen.',
    next: 'Type letters and digits without spaces or slashes, such as UBND or SNV.',
  },
  REMINDED_LATELY: {
    what: 'Somebody has reminded of this document within the last 4 hours.',
    kept: 'That reminder stands in the thread of the document.',
    next: 'Wait for the answer, or remind again later.',
  },
  UNIT_ABBREVIATION_WRONG: {
    what: 'This abbreviation cannot stand in a notation.',
    kept: 'What you typed is still on the screen.',
    next: 'Type letters and digits without spaces, such as HCTC; leave it empty if the unit stands in no notation.',
  },
  UNIT_NOT_ACTIVE: {
    what: 'This unit is no longer in use.',
    kept: 'What you typed is still on the screen.',
    next: 'Choose another unit, or take this one back into use in Settings.',
  },
  UNIT_HAS_PEOPLE: {
    what: 'There are still people in the unit.',
    kept: 'The unit and its people are as they were.',
    next: 'Move them to another unit, then try again.',
  },
  ASSIGNED_DOCUMENTS_LEFT: {
    what: 'Incoming documents are assigned there and not finished.',
    kept: 'Nothing was changed.',
    next: 'Choose who takes them over, then try again.',
  },
  PERSON_NOT_ACTIVE: {
    what: 'This person has left.',
    kept: 'Nothing was changed.',
    next: 'Choose another person.',
  },
  ACCOUNT_TAKEN: {
    what: 'This Windows account is another person’s.',
    kept: 'What you typed is still on the screen.',
    next: 'Check the name of the account, or remove it from the other person first.',
  },
  PIN_WRONG: {
    what: 'The PIN is wrong.',
    kept: 'Nothing has changed; unfinished work is still there.',
    next: 'Type it again. After several wrong ones you have to wait, longer each time; an administrator can set a new PIN.',
  },
  PIN_NOT_SET: {
    what: 'This person has no PIN yet.',
    kept: 'Nothing was changed.',
    next: 'Ask an administrator to set one in Settings.',
  },
  SIGN_IN_DELAYED: {
    what: 'The PIN was wrong several times, so you have to wait.',
    kept: 'Nothing has changed; unfinished work is still there.',
    next: 'Wait until then, or ask an administrator to set a new PIN.',
  },
  ACCOUNT_UNKNOWN: {
    what: 'This Windows account belongs to none of the people of the office.',
    kept: 'Nothing has changed; unfinished work is still there.',
    next: 'Choose your name and type your PIN.',
  },
  SIGN_IN_NEEDS_ADMINISTRATOR: {
    what: 'No administrator could sign in like this, so it was not changed.',
    kept: 'People sign in as before.',
    next: 'Set a PIN for an administrator, or enter her Windows account, then try again.',
  },
  DELEGATION_NOT_OWN: {
    what: 'Only whoever delegates, or an administrator, can change this delegation.',
    kept: 'Nothing was changed.',
    next: 'Ask that person.',
  },
  DELEGATOR_NOT_LEADER: {
    what: 'Whoever is not a leader has no rights to delegate.',
    kept: 'Nothing was changed.',
    next: 'Choose the leader who delegates.',
  },
  DELEGATION_DAYS_WRONG: {
    what: 'The delegation must end today or later, not before it begins, and go to somebody else.',
    kept: 'What you typed is still on the screen.',
    next: 'Check person and days, then try again.',
  },
  LAST_ADMINISTRATOR: {
    what: 'The office must always have at least one administrator.',
    kept: 'Nothing was changed.',
    next: 'Give the role to another person, then try again.',
  },
  RESERVED_NUMBERS_LEFT: {
    what: 'The book still keeps numbers for documents to come.',
    kept: 'The book stays as it is.',
    next: 'Use the kept numbers or drop them with a reason, then try again.',
  },
  NUMBER_NOT_RESERVED: {
    what: 'This number is no longer kept: a document has it, or it was dropped.',
    kept: 'No number was taken; the document stays where it is.',
    next: 'Choose another number.',
  },
  NUMBER_NOT_GIVEN: {
    what: 'A number with a letter stands beside one that a document has.',
    kept: 'No number was taken; the document stays where it is.',
    next: 'Type that number again, of this book and year.',
  },
  SUFFIXES_USED_UP: {
    what: 'This number has all letters from a to z.',
    kept: 'No number was taken; the document stays where it is.',
    next: 'Take the next number of the book.',
  },
  DATE_BEFORE_LAST: {
    what: "The document's date is before that of the number given last.",
    kept: 'No number was taken; the document stays where it is.',
    next: "Check the document's date and the clock of this machine. If the date is meant, confirm it and take the number.",
  },
  DIFFERENCE_UNDECIDED: {
    what: 'Something differs, and nobody has decided about it.',
    kept: 'Nothing was signed, sealed or sent; the document stays where it is.',
    next: 'Open “Last look before issuing” and decide about each difference.',
  },
  DIFFERENCE_GONE: {
    what: 'This difference is no longer there.',
    kept: 'No decision was noted.',
    next: 'Look at what is left.',
  },
  DECISION_NEEDS_REASON: {
    what: 'There is no reason yet.',
    kept: 'No decision was noted.',
    next: 'Write the reason; it is kept in the history of the document.',
  },
  LIST_NAME_TAKEN: {
    what: 'The directory already has a group or a list of this name.',
    kept: 'The lists are as they were; what you typed is still on the screen.',
    next: 'Choose another name, or edit the list that is there.',
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
  ATTACHMENT_EMPTY: {
    what: 'The chosen file is empty.',
    kept: 'The letter and its other attachments are not affected.',
    next: 'Open the file on this computer to check it, then choose it again.',
  },
  ATTACHMENT_TOO_LARGE: {
    what: 'The attachment is too large.',
    kept: 'The letter and its other attachments are not affected.',
    next: 'Make it smaller or split it, then choose it again.',
  },
  ATTACHMENT_KIND: {
    what: 'A file of this kind cannot go with a letter.',
    kept: 'The letter and its other attachments are not affected.',
    next: 'Choose a PDF, Word, Excel or PowerPoint file, a picture or an archive; the name must keep its ending.',
  },
  ATTACHMENT_NAME_TAKEN: {
    what: 'Two attachments have the same name.',
    kept: 'What you typed is still on the screen.',
    next: 'Rename one of them, so that recipients can tell them apart.',
  },
  ATTACHMENTS_TOO_LARGE: {
    what: 'The letter with its attachments is larger than 100 MB and cannot be sent.',
    kept: 'What you typed is still on the screen.',
    next: 'Make the attachments smaller, or leave some out and send them on paper.',
  },
  NUMBER_OF_OTHER_BOOK: {
    what: 'Documents of this type belong to another book, and this one has its number.',
    kept: 'What you typed is still on the screen; the number keeps its place in the book.',
    next: 'Choose the type of before, or cancel the number and make a new draft of the cancelled letter.',
  },
  NUMBER_OF_OTHER_YEAR: {
    what: 'The number of the letter belongs to another year than its day.',
    kept: 'The number keeps its place in the book.',
    next: 'Put the day back into the year of the number, or cancel the number and make a new draft.',
  },
  GOES_OVER_EXCHANGE: {
    what: 'The letter has recipients on the exchange, so it has to be signed, sealed and sent.',
    kept: 'The letter is still at the same step.',
    next: 'Sign, seal and send it; or take it back to draft and remove the recipients on the exchange.',
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
    what: 'The meeting lasts too long.',
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
  P12_NO_PASSWORD: {
    what: 'The password of the certificate file was not typed.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Type the password, then do it again.',
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
  P12_SEVERAL_HOLDERS: {
    what: 'The certificate file holds keys of several people, so it is not clear which to use.',
    kept: 'Nothing was added, nothing was signed.',
    next: 'Ask the authority for a file for each person, or export one.',
  },
  KEY_KIND_UNSUPPORTED: {
    what: 'This kind of key cannot be used on this computer yet.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Use a .p12 or .pfx file.',
  },
  TOKEN_DRIVER_MISSING: {
    what: "The token's driver (PKCS#11) could not be opened.",
    kept: 'Nothing was signed; the document is untouched.',
    next: "Install the issuer's 64-bit driver, then check the path of its file.",
  },
  TOKEN_DRIVER_FAILED: {
    what: "The token's driver reported an error.",
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Take the token out, put it in again and try again; if it still fails, install the driver anew or ask the issuer.',
  },
  TOKEN_DRIVER_HANGS: {
    what: "The token's driver did not answer within 30 seconds and was stopped.",
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Take the token out, put it in again and try again; if it still fails, restart the computer.',
  },
  TOKEN_NOT_FOUND: {
    what: 'The token is not there.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Put it in, wait for its light and try again; if there are several, put in this one.',
  },
  TOKEN_REMOVED: {
    what: 'The token was taken out, or sits loose, while it was signing.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Put it in firmly and sign again.',
  },
  TOKEN_KEY_MISSING: {
    what: 'The token has no key to sign with this certificate.',
    kept: 'Nothing was signed; the document is untouched.',
    next: "Use the signer's own token, or ask the issuer.",
  },
  TOKEN_PIN_MISSING: {
    what: "The token's PIN was not typed.",
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Type it and try again.',
  },
  TOKEN_PIN_WRONG: {
    what: 'The PIN is wrong. After a few wrong ones in a row, usually 3, the token locks.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Look it up, turn off Vietnamese typing and Caps Lock, and type it again.',
  },
  TOKEN_PIN_LAST_TRY: {
    what: 'The PIN is wrong, and only one try is left: after another wrong one the token locks.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Unless you are sure of the PIN, do not type it; ask the issuer first.',
  },
  TOKEN_PIN_LOCKED: {
    what: 'The token is locked after too many wrong PINs.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Ask the issuer to unlock it; this program cannot.',
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
  SIGN_CERT_WEAK: {
    what: 'The key of this certificate is too short; readers would be warned of its signatures.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Use a certificate with RSA of 2048 bits or more, or ECDSA.',
  },
  SIGN_CERT_REVOKED: {
    what: 'The certificate has been revoked.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Apply for a new one, or choose another certificate.',
  },
  SIGN_CHAIN_INVALID: {
    what: 'The certificate was issued by one who may not: its certification path is not valid.',
    kept: 'Nothing was signed; the document is untouched.',
    next: 'Ask the authority that issued it, or choose another certificate.',
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
    next: 'Choose another PNG picture: of 8 bits, not interlaced, with a transparent ground.',
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
  SIGN_PERMISSION_FORBIDS: {
    what: 'This PDF does not allow signatures to be added (its maker locked changes and notes).',
    kept: 'The signing key was not used; the original file is untouched.',
    next: "Open it with the file's owner password, or ask for a copy without restrictions.",
  },
  SIGN_DOCMDP_FORBIDS: {
    what: 'The present signature does not allow another one.',
    kept: 'The document and its signature are untouched.',
    next: 'Use a version that is not locked.',
  },
  SIGN_WOULD_WARN: {
    what: 'The file has an unusual structure or hidden content (layers, scripts, forms): once signed, recipients would be warned, so it is not signed.',
    kept: 'The file is untouched; no number was taken and nothing signed.',
    next: 'Open it and print it to a new PDF (Print to PDF), or scan it or export it from the draft again, then choose that file.',
  },
  SIGN_TEXT_COVERED: {
    what: 'The file has text under a picture or a coloured box: once signed, recipients would be warned, so it is not signed.',
    kept: 'The file is untouched; no number was taken and nothing signed.',
    next: 'Delete the covered text in the draft and export the PDF again; or print it on paper and scan it.',
  },
  SIGN_CHAIN_INCOMPLETE: {
    what: 'The certificates of the issuers are not all at hand, so validation data could not be kept in the file.',
    kept: 'The document is unchanged; no file was written.',
    next: "Have IT add the issuer's certificate to the trusted ones, then try again.",
  },
  SIGN_REVOCATION_UNKNOWN: {
    what: 'The issuer could not be asked whether the certificate is revoked (OCSP, revocation list), so validation data could not be kept in the file.',
    kept: 'The document is unchanged; no file was written.',
    next: 'Check the network to the addresses named and try again; if it is urgent, sign at level B-T.',
  },
  SIGN_LEVEL_NOT_REACHED: {
    what: 'The signature did not reach the level chosen and was dropped.',
    kept: 'The document is as it was before.',
    next: 'Try again; if it fails again, choose a lower level and tell the technicians.',
  },
  RENEW_NO_DATA: {
    what: 'A signature of the file keeps no validation data (it is below level B-LT), or there is none, so nothing can be renewed.',
    kept: 'The file is unchanged.',
    next: 'Renew only files whose signatures are all of level B-LT or B-LTA; verify shows the level.',
  },
  TSA_ADDRESS: {
    what: 'The address of the time-stamp server is not one.',
    kept: 'The document is unchanged; nothing was signed.',
    next: 'Enter an address that begins with http:// or https://.',
  },
  TSA_UNREACHABLE: {
    what: 'The time-stamp server does not answer.',
    kept: 'The document is as it was before.',
    next: 'Check the network and the address and sign again, or sign at level B-B.',
  },
  TSA_REFUSED: {
    what: 'The time-stamp server refused to stamp.',
    kept: 'The document is as it was before.',
    next: 'Ask the time-stamp authority about the reason given, or sign at level B-B.',
  },
  TSA_ANSWER_BROKEN: {
    what: 'What the time-stamp server answered breaks the standard and was not used.',
    kept: 'The document is as it was before.',
    next: 'Check the address of the time-stamp server; if it is right, tell its operator.',
  },
  TSA_ANSWER_MISMATCH: {
    what: 'The time stamp received is not for this signature and was not used.',
    kept: 'The document is as it was before.',
    next: 'Sign again; if it happens again, stop using this server and tell information security.',
  },
  TSA_CERT_WRONG_USAGE: {
    what: 'The certificate of the time-stamp server may not be used for stamping.',
    kept: 'The document is as it was before.',
    next: 'Use another time-stamp server.',
  },
  TSA_CERT_EXPIRED: {
    what: 'The certificate of the time-stamp server has expired or is not valid yet.',
    kept: 'The document is as it was before.',
    next: 'Check the clock of this machine; if it is right, use another time-stamp server.',
  },
  TSA_CERT_REVOKED: {
    what: 'The certificate of the time-stamp server is revoked.',
    kept: 'The document is as it was before.',
    next: 'Stop using this server, tell whoever runs it, and use another one.',
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
    next: 'Nothing to do: the sender’s computer sends it again by itself when it is connected.',
  },
  MESSAGE_FORGOTTEN: {
    what: 'The exchange no longer has this message: it was just restored from an older copy.',
    kept: 'The sender’s computer sends again what its register still holds; it will come by itself.',
    next: 'Ask the sender when it has not come by tomorrow.',
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
    what: 'This document was reminded of or changed more often than is allowed.',
    kept: 'Automatic reminders go on.',
    next: 'Nothing to do: when somebody has to be called, the list “To call” says whom.',
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
  ARRIVAL_IN_FUTURE: {
    what: 'The arrival day is still to come.',
    kept: 'Nothing was entered in the register.',
    next: 'Enter the day on which the document came, today at the latest.',
  },
  ARRIVAL_TOO_EARLY: {
    what: 'The arrival day is before the register that is still open.',
    kept: 'Nothing was entered in the register.',
    next: 'Where last year is closed, choose a day of this year.',
  },
  MAIL_UNREADABLE: {
    what: 'This e-mail file cannot be read.',
    kept: 'Nothing was taken in.',
    next: 'Open it in a mail program, save the PDF and take that in.',
  },
  MAIL_WITHOUT_PDF: {
    what: 'This e-mail brings no PDF.',
    kept: 'Nothing was taken in.',
    next: 'Ask for the document as PDF, or print it and register it as paper.',
  },
  ATTACHED_ALREADY: {
    what: 'This file is attached already.',
    kept: 'The files of the document stay as they are.',
    next: 'Choose another file if there is another scan.',
  },
  HAS_SENDER: {
    what: 'This document came through the exchange and cannot be put away.',
    kept: 'It still waits to be registered.',
    next: 'Return it, so that its sender learns why.',
  },
  OWN_LETTER: {
    what: 'This page names your own office.',
    kept: 'Nothing was taken in.',
    next: 'Begin it as an outgoing document, or take it in by the button above the list.',
  },
  NOTHING_CHANGED: {
    what: 'No field has been corrected yet.',
    kept: 'The document stays in the register as it is.',
    next: 'Correct at least one field, then save.',
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
  PHONE_NOT_VERIFIED: {
    what: 'The number has not been verified, so no test was sent.',
    kept: 'The rota is unchanged.',
    next: 'Verify the number by its code first: where the code arrives, messages arrive.',
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
  FEEDBACK_CONFLICT: {
    what: 'The exchange has something else under the same id.',
    kept: 'What you wrote is still here.',
    next: 'Write and send it as a new report.',
  },
  FEEDBACK_LIMIT: {
    what: 'Your agency has sent as many reports today as are taken in a day.',
    kept: 'What you wrote is still here.',
    next: 'Send it again tomorrow; if it is urgent, call whoever runs the exchange.',
  },
  FEEDBACK_TOO_LARGE: {
    what: 'The technical details are larger than the exchange takes.',
    kept: 'What you wrote is still here.',
    next: 'Send it again without technical details.',
  },
  FEEDBACK_UNSUPPORTED: {
    what: "The province's exchange does not take reports yet.",
    kept: 'What you wrote is still here.',
    next: 'Send it again once the exchange has been updated.',
  },
  FEEDBACK_EMPTY: {
    what: 'Nothing is written yet.',
    kept: 'Nothing was sent.',
    next: 'Write what happened, then send.',
  },
  BUNDLE_GONE: {
    what: 'The technical details that you looked at are no longer there.',
    kept: 'What you wrote is still here; nothing was sent.',
    next: 'Look at the technical details again, then send.',
  },
  UNAVAILABLE: {
    what: 'The exchange does not serve at the moment.',
    kept: 'The document still waits in the queue.',
    next: 'Nothing to do: it is tried again by itself.',
  },
  BACKUP_PLACE_GONE: {
    what: 'The place for backups is not there: its folder, stick or share is away.',
    kept: 'The books on this computer are untouched, and so are the backups made before.',
    next: 'Plug the stick in or connect the share; the backup is then made by itself. Or choose another place in Settings.',
  },
  BACKUP_PLACE_FULL: {
    what: 'The place for backups is full, so no backup was made.',
    kept: 'The books on this computer are untouched; the backups made before are whole, and the unfinished one does not count.',
    next: 'Free some space there, or choose another place in Settings, then choose Back up now.',
  },
  BACKUP_PLACE_NOT_WRITABLE: {
    what: 'The place for backups may not be written to.',
    kept: 'The books on this computer are untouched, and so are the backups made before.',
    next: "Check the folder's rights or the stick's write protection, then choose Back up now.",
  },
  BACKUP_PLACE_INSIDE: {
    what: 'This folder is inside the data folder: a broken disk would take both.',
    kept: 'The present place stays.',
    next: 'Choose a folder on another disk, a share or a stick.',
  },
  BACKUP_NO_PLACE: {
    what: 'No place for backups has been chosen.',
    kept: 'The books on this computer are untouched.',
    next: 'Choose a place first, then Back up now.',
  },
  BACKUP_DAMAGED: {
    what: 'This backup is damaged or incomplete: what is read back is not what was written.',
    kept: 'The books on this computer are untouched; nothing was replaced.',
    next: 'Choose another backup, and have the place looked at.',
  },
  BACKUP_NEWER: {
    what: 'This backup was made by a newer version of Văn Thư.',
    kept: 'The books on this computer are untouched; nothing was replaced.',
    next: 'Update Văn Thư on this computer and restore again, or choose an older backup.',
  },
  BACKUP_BUSY: {
    what: 'A backup or a restore is running.',
    kept: 'The books on this computer are untouched.',
    next: 'Wait until it is done, then do it again.',
  },
  AUDIT_TOO_LONG: {
    what: 'The chosen part of the audit trail has more than 100,000 rows, too many for one workbook.',
    kept: 'Nothing was exported; the trail is as it was.',
    next: 'Choose fewer days, or export JSON.',
  },
};
