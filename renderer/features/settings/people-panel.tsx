import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person, Unit } from '#shared/contract/people.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { Panel } from './panel.tsx';
import { DelegationsPanel } from './delegations-panel.tsx';
import { PinDialog } from './pin-dialog.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { SignInPanel } from './sign-in-panel.tsx';
import { RemoveDialog, type Removed } from './remove-dialog.tsx';
import { UnitDialog } from './unit-dialog.tsx';
import styles from './settings.module.css';

/** The office's units and people: what documents are passed on to, and who may do what. */
export function PeoplePanel() {
  const { t } = useTranslation();
  const list = useCall('people.list', {});
  const [unit, setUnit] = useState<Unit | 'new' | null>(null);
  const [person, setPerson] = useState<Person | 'new' | null>(null);
  const [pinOf, setPinOf] = useState<Person | null>(null);
  const accounts = useCall('people.accounts', {});
  const [removed, setRemoved] = useState<Removed | null>(null);
  const units = list.data?.units ?? [];
  const people = list.data?.people ?? [];
  const members = (unitId: string) => people.filter((each) => each.active && each.unitId === unitId).length;
  return (
    <>
      {list.error ? <ErrorNote failure={list.error} onRetry={() => void list.refetch()} /> : null}
      <Panel title={t('people.people')} text={t('people.peopleText')}>
        <Cards
          rows={people}
          render={(each) => (
            <Card
              key={each.id}
              row={{ ...each, name: each.name === '' ? t('people.unnamed') : each.name }}
              left={t('people.left')}
              lines={describe(each)}
              onEdit={() => setPerson(each)}
              onPin={each.name === '' ? null : () => setPinOf(each)}
              onRemove={each.name === '' ? null : () => setRemoved({ kind: 'person', ...each })}
            />
          )}
        />
        <div>
          <Button icon="plus" onClick={() => setPerson('new')}>
            {t('people.addPerson')}
          </Button>
        </div>
      </Panel>
      <Panel title={t('people.units')} text={t('people.unitsText')}>
        <Cards
          rows={units}
          render={(each) => (
            <Card
              key={each.id}
              row={each}
              left={t('people.inactive')}
              lines={[
                [each.abbreviation, t('people.peopleCount', { count: members(each.id) })].filter(Boolean).join(' · '),
              ]}
              onEdit={() => setUnit(each)}
              onRemove={() => setRemoved({ kind: 'unit', ...each })}
            />
          )}
        />
        {list.data && units.length === 0 ? <p className={styles.none}>{t('people.noUnits')}</p> : null}
        <div>
          <Button icon="plus" onClick={() => setUnit('new')}>
            {t('people.addUnit')}
          </Button>
        </div>
      </Panel>
      <SignInPanel />
      <DelegationsPanel people={people} />
      {pinOf === null ? null : <PinDialog person={pinOf} onClose={() => setPinOf(null)} />}
      {unit === null ? null : <UnitDialog unit={unit === 'new' ? null : unit} onClose={() => setUnit(null)} />}
      {person === null ? null : (
        <PersonDialog person={person === 'new' ? null : person} units={units} onClose={() => setPerson(null)} />
      )}
      {removed === null ? null : (
        <RemoveDialog
          removed={removed}
          others={(removed.kind === 'unit' ? units : people).filter(
            (each) => each.active && each.name !== '' && each.id !== removed.id,
          )}
          onClose={() => setRemoved(null)}
        />
      )}
    </>
  );

  function describe(each: Person): string[] {
    const unitName = units.find(({ id }) => id === each.unitId)?.name ?? '';
    const place = [each.title, unitName].filter((text) => text !== '').join(' · ');
    const roles = each.roles.map((role) => t(`common.roles.${role}`)).join(', ');
    const account = accounts.data?.accounts.find(({ personId }) => personId === each.id);
    const access =
      account === undefined ? [] : [account.windowsAccount, t(account.hasPin ? 'people.hasPin' : 'people.noPin')];
    return [
      each.name === '' ? t('people.unnamedText') : place,
      [
        roles === '' ? t('people.noRoles') : roles.charAt(0).toLocaleUpperCase('vi') + roles.slice(1),
        ...(each.name === '' ? [] : access),
      ]
        .filter((text) => text !== '')
        .join(' · '),
    ].filter((line) => line !== '');
  }
}

interface CardsProps<Row> {
  readonly rows: readonly Row[];
  readonly render: (row: Row) => ReactNode;
}

/** Who is there; who was there only when asked for. */
function Cards<Row extends { readonly active: boolean }>({ rows, render }: CardsProps<Row>) {
  const { t } = useTranslation();
  const [showsAll, setShowsAll] = useState(false);
  const gone = rows.filter(({ active }) => !active).length;
  const shown = rows.filter(({ active }) => active || showsAll);
  return (
    <>
      {shown.length === 0 ? null : <ul className={styles.cards}>{shown.map(render)}</ul>}
      {gone === 0 ? null : (
        <div>
          <Button variant="quiet" onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? t('people.hideLeft') : t('people.showLeft', { count: gone })}
          </Button>
        </div>
      )}
    </>
  );
}

interface CardProps {
  readonly row: { readonly name: string; readonly active: boolean };
  /** Word for one that is no longer active. */
  readonly left: string;
  readonly lines: readonly string[];
  readonly onEdit: () => void;
  readonly onPin?: (() => void) | null;
  readonly onRemove: (() => void) | null;
}

function Card({ row: { name, active }, left, lines, onEdit, onPin = null, onRemove }: CardProps) {
  const { t } = useTranslation();
  return (
    <li className={styles.card}>
      <div className={styles.cardText}>
        <p className={styles.cardTitle}>
          {name} {active ? null : <Tag>{left}</Tag>}
        </p>
        {lines.map((line) => (
          <p key={line} className={styles.soft}>
            {line}
          </p>
        ))}
      </div>
      {active ? (
        <>
          <Button label={t('people.editOf', { name })} onClick={onEdit}>
            {t('people.edit')}
          </Button>
          {onPin === null ? null : (
            <Button label={t('people.pinOf', { name })} onClick={onPin}>
              {t('people.pin')}
            </Button>
          )}
          {onRemove === null ? null : (
            <Button variant="quiet" label={t('people.removeOf', { name })} onClick={onRemove}>
              {t('people.remove')}
            </Button>
          )}
        </>
      ) : (
        <Button label={t('people.takeBackOf', { name })} onClick={onEdit}>
          {t('people.takeBack')}
        </Button>
      )}
    </li>
  );
}
