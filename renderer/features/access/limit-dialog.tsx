import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LimitedReader } from '#shared/contract/access.ts';
import type { CallOutput } from '#shared/contract/contract.ts';
import type { HandlingChoice } from '#shared/contract/handling.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Chips } from '../../components/chips.tsx';
import { ComboBox } from '../../components/combo-box.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Field } from '../../components/field.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Table } from '../../components/table.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { choiceKey, matchingChoices } from '../handling/assignees.ts';

interface LimitDialogProps {
  readonly document: { readonly id: string; readonly codeText: string; readonly limited: boolean };
  readonly onClose: () => void;
}

type Limited = NonNullable<CallOutput<'access.of'>['limited']>;
type NamedReader = LimitedReader & { readonly name: string };

const SHOWN = 40;

/** Who may see a document, and of one that is limited who has seen it. */
export function LimitDialog({ document, onClose }: LimitDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const asked = useCall('access.of', { id: document.id });
  const limit = useCommand('access.limit');
  const lift = useCommand('access.open');
  const [changed, setChanged] = useState<readonly NamedReader[] | null>(null);
  const limited = asked.data?.limited ?? null;
  const readers = changed ?? limited?.readers ?? [];
  const code = document.codeText || t('list.noCode');

  const save = async (): Promise<void> => {
    const outcome = await limit.run({ id: document.id, readers: readers.map(({ kind, id }) => ({ kind, id })) });
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('access.saved', { code }) });
    onClose();
  };
  const liftLimit = async (): Promise<void> => {
    const before = limited?.readers.map(({ kind, id }) => ({ kind, id })) ?? [];
    const outcome = await lift.run({ id: document.id });
    if (!outcome.ok) return;
    const again = () => void limit.run({ id: document.id, readers: before });
    notify({
      text: t('access.lifted', { code }),
      action: { undo: true, label: t('common.undo'), run: again },
    });
    onClose();
  };
  return (
    <Dialog
      width="wide"
      title={t('access.title', { code })}
      consequence={t('access.text')}
      action={{
        label: t(limited === null ? 'access.save' : 'access.change'),
        run: () => void save(),
        busy: limit.busy,
        disabled: asked.data === undefined || (limited !== null && changed === null),
      }}
      onClose={onClose}
    >
      {asked.error !== null && <ErrorNote failure={asked.error} />}
      <Readers readers={readers} onChange={setChanged} startsHere={!document.limited} />
      {limited !== null && <Seen limited={limited} busy={lift.busy} onLift={() => void liftLimit()} />}
      {limit.failure !== null && <ErrorNote failure={limit.failure} />}
      {lift.failure !== null && <ErrorNote failure={lift.failure} />}
    </Dialog>
  );
}

interface ReadersProps {
  readonly readers: readonly NamedReader[];
  readonly onChange: (readers: readonly NamedReader[]) => void;
  /** The list is open from the start; not where what was chosen before is looked at first. */
  readonly startsHere: boolean;
}

function Readers({ readers, onChange, startsHere }: ReadersProps) {
  const { t } = useTranslation();
  const asked = useCall('handling.choices', { agencyName: '' });
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const chosen = new Set(readers.map(choiceKey));
  const found = matchingChoices(asked.data?.choices ?? [], text)
    .filter((choice) => !chosen.has(choiceKey(choice)))
    .slice(0, SHOWN);
  const groupOf = (kind: HandlingChoice['kind']) => found.filter((choice) => choice.kind === kind);
  return (
    <>
      <Field label={t('access.readers')} wide>
        {(wiring) => (
          <ComboBox
            text={text}
            onText={setText}
            open={open}
            onOpen={setOpen}
            groups={[
              { id: 'units', title: t('handling.assign.units'), items: groupOf('unit') },
              { id: 'people', title: t('handling.assign.people'), items: groupOf('person') },
            ].filter(({ items }) => items.length > 0)}
            itemId={choiceKey}
            itemText={({ name }) => name}
            renderItem={({ name, title, unitName }) => (
              <span>
                {name} <small>{[title, unitName].filter((part) => part !== '').join(' · ')}</small>
              </span>
            )}
            onChoose={({ kind, id, name }) => {
              onChange([...readers, { kind, id, name }]);
              setText('');
              input.current?.focus();
            }}
            listLabel={t('handling.assign.list')}
            marksFirst
            autoFocus={startsHere}
            foot={found.length === 0 ? <p role="status">{t('handling.assign.nobodyFound')}</p> : null}
            place="below"
            inputRef={input}
            input={{ ...wiring, placeholder: t('handling.assign.whoHint') }}
          />
        )}
      </Field>
      {asked.error !== null && <ErrorNote failure={asked.error} />}
      {readers.length === 0 ? (
        <p>{t('access.nobody')}</p>
      ) : (
        <Chips
          label={t('access.readers')}
          chips={readers.map((reader) => ({
            id: choiceKey(reader),
            label: reader.name,
            removeLabel: t('handling.assign.remove', { name: reader.name }),
          }))}
          removeHint={t('access.removeHint')}
          onRemove={(key) => onChange(readers.filter((reader) => choiceKey(reader) !== key))}
        />
      )}
    </>
  );
}

interface SeenProps {
  readonly limited: Limited;
  readonly busy: boolean;
  readonly onLift: () => void;
}

/** Since when, who has looked, and the way back. */
function Seen({ limited, busy, onLift }: SeenProps) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('access.since', { name: limited.byName || t('people.unnamed'), time: formatDateTime(limited.at) })}</p>
      {limited.seen.length === 0 ? (
        <p>{t('access.seenNobody')}</p>
      ) : (
        <Table
          caption={t('access.seen')}
          rows={limited.seen}
          rowKey={({ personId, at }) => `${personId} ${at}`}
          columns={[
            { id: 'name', header: t('access.seen'), cell: ({ name }) => name || t('people.unnamed'), wrap: true },
            { id: 'at', header: t('access.seenAt'), cell: ({ at }) => formatDateTime(at), width: '160px' },
          ]}
        />
      )}
      <div>
        <Button icon="undo" busy={busy} onClick={onLift}>
          {t('access.lift')}
        </Button>
      </div>
    </>
  );
}
