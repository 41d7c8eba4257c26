import { randomInt } from 'node:crypto';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { pinRecordOf } from '#core/people/pin-record.ts';
import { signInRules } from '#core/people/sign-in-rules.ts';
import type { ReadStores } from '#core/ports/stores.ts';
import { openRegisters } from '#data/open-registers.ts';
import type { Person } from '#shared/contract/people.ts';
import { machinePinKeys } from '../machine-pin-keys.ts';
import { noLog } from '../machine-ports.ts';
import { UsageError } from './failures.ts';
import { refuseExtra } from './input-file.ts';

const PIN_DIGITS = 8;

/**
 * The way back in for an office whose only administrator has forgotten her PIN: a new one, told once. For whoever may write the
 * data folder, who could do worse; it needs the application closed, stands in the audit trail with the account that ran it, and
 * is refused where another administrator can do it on the screen.
 */
export async function personCommand([action, ...args]: string[]): Promise<number> {
  if (action !== 'reset-pin') throw new UsageError('person reset-pin; see: vanthu help');
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' }, person: { type: 'string' } },
  });
  refuseExtra(positionals, 0);
  const { 'data-dir': dataDir, person: named } = values;
  if (dataDir === undefined) throw new UsageError('--data-dir is needed; see: vanthu help');
  const pin = String(randomInt(10 ** (PIN_DIGITS - 1), 10 ** PIN_DIGITS));
  const kept = await pinRecordOf(machinePinKeys, pin);
  const opened = openRegisters(dataDir, noLog);
  try {
    const { registers } = opened;
    const person = administratorToLetIn(registers, named);
    registers.tx('person reset-pin', (stores) => {
      const at = new Date().toISOString();
      stores.people.putPin(person.id, kept, at);
      stores.people.forgetFailures(person.id);
      stores.people.setLocked(person.id, false);
      const params = { personId: person.id, name: person.name, account: userInfo().username };
      stores.audit.add({ at, actor: null, action: 'people.resetPin', params });
    });
    process.stdout.write(`${person.name}: ${pin}\nIt is noted in the audit trail. Let her change it once she is in.\n`);
    return 0;
  } finally {
    opened.close();
  }
}

/** @throws UsageError when it is none, or when somebody else can set her PIN on the screen */
function administratorToLetIn({ people, settings }: Pick<ReadStores, 'people' | 'settings'>, named?: string): Person {
  if (!signInRules(settings).required)
    throw new UsageError('nobody signs in at this office: there is nothing to reset');
  const administrators = people.list().people.filter(({ active, roles }) => active && roles.includes('administrator'));
  const shown = administrators.map(({ id, name }) => `${id}  ${name}`).join('\n');
  const [found, another] = administrators.filter(
    ({ id, name }) => named === undefined || id === named || name === named,
  );
  if (found === undefined) throw new UsageError(`no such administrator; there are:\n${shown}`);
  if (another !== undefined) throw new UsageError(`--person is one of:\n${shown}`);
  const other = administrators.find(({ id }) => id !== found.id && people.pin(id) !== null);
  if (other !== undefined)
    throw new UsageError(`${other.name} is an administrator too, and can set her PIN on the screen`);
  return found;
}
