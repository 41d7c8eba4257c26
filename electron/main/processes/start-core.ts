import { MessageChannelMain, type MessagePortMain } from 'electron';
import type { FromCore, ToCore } from '#shared/contract/control.ts';
import type { Role } from '#shared/domain/roles.ts';
import { errorFields } from '../diagnostics/error-fields.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Locations } from '../locations.ts';
import { answerQuestion, type ShellAnswers } from './answer-question.ts';
import { superviseCore, type Asked, type CoreFailure, type CoreSupervisor } from './core-supervisor.ts';
import { coreHost } from './fork-core.ts';
import { readerHost } from './fork-reader.ts';
import { signingHost } from './fork-signing.ts';
import { superviseReaders } from './reader-supervisor.ts';
import { Screens } from './screens.ts';
import { superviseSigning } from './signing-supervisor.ts';

export interface CoreParts extends ShellAnswers {
  readonly locations: Locations;
  readonly appVersion: string;
  /** Account of the operating system that runs this program; null when the system does not say. */
  readonly account: string | null;
  /** Fault that a crash test asks for; core gets it in its first start only, so that it crashes once. */
  readonly faultPoint: string | null;
  readonly log: Log;
  readonly ready: (info: { readonly sqlite: string }) => void;
  readonly gaveUp: (failure: CoreFailure) => void;
  /** What whoever is signed in may do; null when nobody is. */
  readonly callerChanged: (roles: readonly Role[] | null, withheld: readonly string[]) => void;
  readonly notice: (notice: Extract<FromCore, { type: 'notice' }>) => void;
  /** Comes before core's first start. Never rejects. */
  readonly beforeStart: () => Promise<void>;
}

export interface RunningCore {
  readonly supervisor: CoreSupervisor<MessagePortMain>;
  readonly screens: Screens<MessagePortMain>;
  /** Stops core, and with it the processes that work for it. */
  stop(): Promise<void>;
  /** Has work done on the data folder that core must not be at; core starts anew afterwards, however that ended. */
  without<T>(work: () => Promise<T>): Promise<T>;
}

/** Core, the processes it asks for, and the pages that call it, connected with each other. */
export function startCore(parts: CoreParts): RunningCore {
  const { locations, log } = parts;

  function startMessage(attempt: number): Extract<ToCore, { type: 'start' }> {
    return {
      type: 'start',
      dataDir: locations.dataDir,
      resourcesDir: locations.resourcesDir,
      appVersion: parts.appVersion,
      account: parts.account,
      faultPoint: attempt === 0 ? parts.faultPoint : null,
    };
  }

  const supervisor: CoreSupervisor<MessagePortMain> = superviseCore(
    coreHost(locations.coreEntry),
    startMessage,
    {
      ready: (info) => {
        screens.coreReady();
        parts.ready(info);
      },
      unavailable: () => {
        signing.stop();
        reader.stop();
        screens.coreGone();
      },
      gaveUp: parts.gaveUp,
      asked,
    },
    log,
  );

  const screens = new Screens<MessagePortMain>({
    isReady: () => supervisor.isReady(),
    connect: (port) => {
      supervisor.send({ type: 'connect' }, [port]);
    },
    createChannel: () => {
      const { port1, port2 } = new MessageChannelMain();
      return [port1, port2];
    },
  });

  const signing = superviseSigning<MessagePortMain>(
    signingHost(locations.signingEntry),
    {
      signer: (port) => {
        supervisor.send({ type: 'signer' }, [port]);
      },
      signerEnded: (why) => {
        supervisor.send({ type: 'signer-ended', why });
      },
    },
    log,
  );

  const reader = superviseReaders<MessagePortMain>(
    readerHost(locations.readerEntry, locations.dataDir, locations.resourcesDir),
    {
      reader: (id, port) => {
        supervisor.send({ type: 'reader', id }, [port]);
      },
      readerEnded: (id, why) => {
        supervisor.send({ type: 'reader-ended', id, why });
      },
    },
    log,
  );

  function asked(message: Asked): void {
    switch (message.type) {
      case 'need-reader':
        reader.provide(message.id);
        return;
      case 'end-reader':
        reader.end(message.id);
        return;
      case 'need-signer':
        signing.provide();
        return;
      case 'end-signer':
        signing.end();
        return;
      case 'ask':
        void reply(message);
        return;
      case 'caller':
        parts.callerChanged(message.roles, message.withheld);
        return;
      case 'notice':
        parts.notice(message);
        return;
    }
  }

  async function reply({ id, question }: Extract<FromCore, { type: 'ask' }>): Promise<void> {
    let value: unknown = null;
    try {
      value = await answerQuestion(question, parts);
    } catch (error) {
      log.error('question-failed', { what: question.what, ...errorFields(error) });
    }
    supervisor.send({ type: 'reply', id, value });
  }

  async function stop(): Promise<void> {
    await supervisor.stop();
    signing.stop();
    reader.stop();
  }

  let quitting = false;
  void parts.beforeStart().then(() => {
    if (!quitting) supervisor.start();
  });
  return {
    supervisor,
    screens,
    stop: () => {
      quitting = true;
      return stop();
    },
    async without(work) {
      screens.coreGone();
      await stop();
      try {
        return await work();
      } finally {
        if (!quitting) supervisor.resume();
      }
    },
  };
}
