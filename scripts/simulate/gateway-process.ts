/**
 * A gateway for text messages with the interface of Kannel's smsbox, in a process of its own so that it can be killed. What becomes
 * of a message its parent says. Like bearerbox with its reports in memory, it forgets with its end what it was to report.
 */
import { createServer, type ServerResponse } from 'node:http';

export type GatewayOrder =
  | { readonly type: 'answer'; readonly number: number; readonly answer: 'accept' | 'busy' | 'refuse' | 'hang-up' }
  | { readonly type: 'report'; readonly number: number; readonly state: 'delivered' | 'failed' };

export type GatewayReply =
  | { readonly type: 'ready' }
  | { readonly type: 'asked'; readonly number: number; readonly to: string; readonly text: string; readonly id: string }
  | { readonly type: 'reported'; readonly number: number; readonly taken: boolean };

const [port = '', password = '', firstNumber = ''] = process.argv.slice(2);
const reply = (message: GatewayReply): void => void process.send?.(message);
const waiting = new Map<number, ServerResponse>();
const reportAddresses = new Map<number, string>();
let number = Number(firstNumber);

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://smsbox.invalid');
  const asked = (name: string): string => searchParams.get(name) ?? '';
  if (asked('username') !== 'exchange' || asked('password') !== password) {
    response.writeHead(403).end('Authorization failed for sendsms');
    return;
  }
  number += 1;
  waiting.set(number, response);
  reportAddresses.set(number, asked('dlr-url'));
  // CALLBACK/GATEWAY/ID/PROOF, see reportAddress.
  const id = new URL(asked('dlr-url').replaceAll('%', '')).pathname.split('/').at(-2) ?? '';
  reply({ type: 'asked', number, to: asked('to'), text: asked('text'), id });
});

/** As smsbox does, again and again: an exchange that was killed is soon there again. */
async function report(of: number, state: 'delivered' | 'failed'): Promise<void> {
  const address = reportAddresses.get(of);
  reportAddresses.delete(of);
  let taken = false;
  if (address !== undefined) {
    const url = address.replace('%d', state === 'delivered' ? '1' : '2').replace('%A', '');
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const answer = await fetch(url).catch(() => null);
      await answer?.arrayBuffer();
      taken = answer?.ok === true;
      if (taken) break;
      await new Promise((waited) => setTimeout(waited, 100));
    }
  }
  reply({ type: 'reported', number: of, taken });
}

process.on('message', (order: GatewayOrder) => {
  if (order.type === 'report') {
    void report(order.number, order.state);
    return;
  }
  const response = waiting.get(order.number);
  waiting.delete(order.number);
  if (order.answer === 'hang-up') response?.destroy();
  if (order.answer === 'busy') response?.writeHead(503).end('Temporal failure, try again later.');
  if (order.answer === 'refuse') response?.writeHead(400).end('Missing receiver number, rejected');
  if (order.answer === 'accept') response?.writeHead(202).end('0: Accepted for delivery');
});
process.on('disconnect', () => process.exit());
server.listen(Number(port), '127.0.0.1', () => reply({ type: 'ready' }));
