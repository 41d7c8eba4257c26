import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingFieldName } from '#shared/domain/document-fields.ts';
import type { FieldSource } from '../../components/field.tsx';
import { DocumentFieldsForm } from '../document/document-fields-form.tsx';
import { useMeetingDetails } from './use-meeting-details.ts';
import type { LetterForm, LetterSource } from './letter-form.ts';
import { NotationProposal } from './notation-proposal.tsx';
import { OtherRecipients } from './other-recipients.tsx';
import { RecipientsPicker } from './recipients-picker.tsx';
import type { UnsavedLetter } from './unsaved-letters.ts';
import { useIssueHours } from './use-issue-hours.tsx';

interface LetterFieldsProps {
  readonly letter: UnsavedLetter;
  readonly missing: readonly OutgoingFieldName[];
  readonly onChange: (part: Partial<LetterForm>) => void;
  readonly onFocusField: (field: OutgoingFieldName) => void;
  readonly onPropose: (recipients: LetterForm['recipients']) => void;
  /** Takes the rule of the last letter of the type. */
  readonly onFollowLast: (dueRule: LetterForm['dueRule']) => void;
  /** The letter's file and what goes with it. */
  readonly files: ReactNode;
}

/** The fields in the order of the letter itself, from its head to its foot. */
export function LetterFields(props: LetterFieldsProps) {
  const { letter, missing, onChange, onFocusField, onPropose, onFollowLast, files } = props;
  const { t } = useTranslation();
  const { form, sources } = letter;
  const issue = useIssueHours(letter, onChange, onFollowLast);
  const meeting = useMeetingDetails(form);
  const change = (part: Partial<LetterForm>): void => {
    // Whoever sets a deadline has chosen how it is counted; whoever stops counting keeps what the count came to.
    const due = 'dueAt' in part ? { dueRule: form.dueRule } : part.dueRule === null ? { dueAt: issue.dueAt } : {};
    onChange({ ...part, ...due });
  };
  return (
    <DocumentFieldsForm
      direction="outgoing"
      values={form}
      missing={missing}
      sourceOf={(name) => sourceOf(sources[name])}
      details={{ ...issue.details, ...meeting }}
      placeholders={{ printedNumber: t('outgoing.form.numberPlaceholder') }}
      widened={['authority']}
      after={{
        expressAt: issue.choices,
        date: <NotationProposal form={form} onChange={onChange} />,
        paperFollows: files,
      }}
      before={{
        paperFollows: (
          <>
            <RecipientsPicker
              addressees={form.addressees}
              recipientLines={form.recipientLines}
              recipients={form.recipients}
              proposed={letter.recipientsProposed}
              onPropose={onPropose}
              onChange={(recipients) => onChange({ recipients })}
            />
            <OtherRecipients form={form} onChange={onChange} />
          </>
        ),
      }}
      onChange={change}
      onFocusField={onFocusField}
    />
  );
}

const sourceOf = (source: LetterSource | undefined): FieldSource =>
  source === undefined || source === 'last' ? 'none' : source;
