import type { AddressInfo, Socket } from 'node:net';
import smpp, { type SmppPdu, type SmppSession } from 'smpp';

export interface TakenMessage {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** data_coding: 0 default alphabet, 8 UCS-2. */
  readonly coding: number;
  readonly wantsReceipt: boolean;
}

/** What an SMSC does with a submission. `cut` and `hang` take the message and do not answer. */
export type SmscBehaviour = 'answer' | 'hang' | 'cut' | 'throttle' | 'refuse-number';

export interface SmscReceipt {
  readonly id: string;
  readonly state: 'DELIVRD' | 'UNDELIV' | 'EXPIRED' | 'ENROUTE';
  /** Puts the receipt into the optional parameter message_payload, as some SMSCs do. */
  readonly asPayload?: boolean;
}

/** A text message centre over SMPP, made with another implementation than the product's. */
export interface Smsc {
  readonly port: number;
  readonly messages: readonly TakenMessage[];
  behaviour: SmscBehaviour;
  /** Send a receipt "delivered" right after each answer. */
  delivers: boolean;
  /** Answer links that ask whether somebody is there. */
  answersEnquiries: boolean;
  password: string;
  /** Sessions that are bound now. */
  readonly bound: () => number;
  /** Sessions that ever were bound. */
  readonly binds: () => number;
  readonly enquiries: () => number;
  /** Sends a receipt over the newest bound link; its result is the client's answer, a command_status. */
  sendReceipt(receipt: SmscReceipt): Promise<number>;
  /** Writes bytes of nobody's protocol on every link. */
  sendGarbage(bytes: Buffer): void;
  cutAll(): void;
  stop(): Promise<void>;
}

/** @param port 0 = any free one */
export async function startSmsc(port = 0): Promise<Smsc> {
  const sockets = new Set<Socket>();
  const bound = new Set<SmppSession>();
  const messages: TakenMessage[] = [];
  let enquiries = 0;
  let binds = 0;

  const receiptOptions = ({ id, state, asPayload }: SmscReceipt): Readonly<Record<string, unknown>> => {
    const text = `id:${id} sub:001 dlvrd:001 submit date:2601020304 done date:2601020305 stat:${state} err:000 text:`;
    return asPayload
      ? { esm_class: 4, message_payload: Buffer.from(text) }
      : { esm_class: 4, short_message: text, receipted_message_id: id };
  };

  const take = (session: SmppSession, pdu: SmppPdu): void => {
    const refuse = (code: number): void => void session.send(pdu.response({ command_status: code }));
    if (smsc.behaviour === 'throttle') return refuse(smpp.ESME_RTHROTTLED);
    if (smsc.behaviour === 'refuse-number') return refuse(smpp.ESME_RINVDSTADR);
    const id = `m-${messages.length + 1}`;
    messages.push({
      id,
      from: pdu.source_addr ?? '',
      to: pdu.destination_addr ?? '',
      text: String(pdu.short_message?.message ?? ''),
      coding: pdu.data_coding ?? 0,
      wantsReceipt: ((pdu.registered_delivery ?? 0) & 1) === 1,
    });
    if (smsc.behaviour === 'hang') return;
    if (smsc.behaviour === 'cut') return session.destroy();
    session.send(pdu.response({ message_id: id }));
    if (smsc.delivers) session.deliver_sm(receiptOptions({ id, state: 'DELIVRD' }));
  };

  const server = smpp.createServer((session) => {
    session.on('error', () => session.destroy());
    session.on('close', () => bound.delete(session));
    session.on('bind_transceiver', (pdu: SmppPdu) => {
      if (pdu.password !== smsc.password) {
        session.send(pdu.response({ command_status: smpp.ESME_RINVPASWD }));
        return;
      }
      bound.add(session);
      binds += 1;
      session.send(pdu.response({ system_id: 'smsc' }));
    });
    session.on('enquire_link', (pdu: SmppPdu) => {
      enquiries += 1;
      if (smsc.answersEnquiries) session.send(pdu.response());
    });
    session.on('submit_sm', (pdu: SmppPdu) => take(session, pdu));
    session.on('unbind', (pdu: SmppPdu) => {
      session.send(pdu.response());
      session.destroy();
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });

  const cutAll = (): void => sockets.forEach((socket) => socket.destroy());
  const smsc: Smsc = {
    port: (server.address() as AddressInfo).port,
    messages,
    behaviour: 'answer',
    delivers: false,
    answersEnquiries: true,
    password: 'secret',
    bound: () => bound.size,
    binds: () => binds,
    enquiries: () => enquiries,
    sendReceipt: (receipt) =>
      new Promise((answered, failed) => {
        const session = [...bound].at(-1);
        if (session === undefined) failed(new Error('nobody is bound'));
        else session.deliver_sm(receiptOptions(receipt), (answer) => answered(answer.command_status));
      }),
    sendGarbage: (bytes) => sockets.forEach((socket) => socket.write(bytes)),
    cutAll,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        cutAll();
      }),
  };
  return smsc;
}
