import { useTranslation } from 'react-i18next';
import type { OutgoingFieldName } from '#shared/domain/document-fields.ts';
import { DocumentFieldsForm } from '../document/document-fields-form.tsx';
import type { LetterForm } from './letter-form.ts';
import { RecipientsPicker } from './recipients-picker.tsx';
import type { UnsavedLetter } from './unsaved-letters.ts';

interface LetterFieldsProps {
  readonly letter: UnsavedLetter;
  readonly missing: readonly OutgoingFieldName[];
  readonly onChange: (part: Partial<LetterForm>) => void;
  readonly onFocusField: (field: OutgoingFieldName) => void;
  readonly onPropose: (recipients: LetterForm['recipients']) => void;
}

/** The fields in the order of the letter itself, from its head to its foot. */
export function LetterFields({ letter, missing, onChange, onFocusField, onPropose }: LetterFieldsProps) {
  const { t } = useTranslation();
  const { form, sources } = letter;
  return (
    <DocumentFieldsForm
      direction="outgoing"
      values={form}
      missing={missing}
      sourceOf={(name) => sources[name] ?? 'none'}
      placeholders={{ printedNumber: t('outgoing.form.numberPlaceholder') }}
      // The hour takes a place in its line: the field after it fills the one that is left.
      widened={form.urgency === 'express-timed' ? ['authority'] : []}
      before={{
        paperFollows: (
          <RecipientsPicker
            addressees={form.addressees}
            recipientLines={form.recipientLines}
            recipients={form.recipients}
            proposed={letter.recipientsProposed}
            onPropose={onPropose}
            onChange={(recipients) => onChange({ recipients })}
          />
        ),
      }}
      onChange={onChange}
      onFocusField={onFocusField}
    />
  );
}
