/** What the tests' SMSC uses of the package `smpp`, which comes without types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server } from 'node:net';

  export interface SmppPdu {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly source_addr?: string;
    readonly source_addr_ton?: number;
    readonly destination_addr?: string;
    readonly data_coding?: number;
    readonly registered_delivery?: number;
    readonly short_message?: { readonly message: string | Buffer };
    response(options?: Readonly<Record<string, unknown>>): SmppPdu;
    toBuffer(): Buffer;
  }

  export interface SmppSession extends EventEmitter {
    send(pdu: SmppPdu): boolean;
    deliver_sm(options: Readonly<Record<string, unknown>>, answered?: (answer: SmppPdu) => void): boolean;
    destroy(): void;
  }

  interface Smpp {
    createServer(onSession: (session: SmppSession) => void): Server;
    readonly PDU: new (command: string, options?: Readonly<Record<string, unknown>>) => SmppPdu;
    readonly ESME_RTHROTTLED: number;
    readonly ESME_RINVDSTADR: number;
    readonly ESME_RINVPASWD: number;
  }

  const smpp: Smpp;
  export default smpp;
}
