import type { FastifyInstance } from 'fastify';
import * as wire from '#shared/wire/duty.ts';
import { confirmPhone, readDuty, saveDuty, saveOfficeHours, sendPhoneCode } from '../use-cases/duty.ts';
import { numberTried, tryNumber } from '../use-cases/try-number.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

/** An agency's own rota, hours and numbers. */
export async function dutyRoutes(app: FastifyInstance, services: ExchangeServices): Promise<void> {
  const { clock } = services;
  serveRoute(app, wire.readDuty, ({ caller }) => readDuty(services, caller.agencyCode));
  serveRoute(app, wire.saveDuty, ({ caller, body }) => saveDuty(services, caller, body, clock()));
  serveRoute(app, wire.saveOfficeHours, ({ caller, body }) => saveOfficeHours(services, caller.agencyCode, body.hours));
  serveRoute(app, wire.sendPhoneCode, ({ caller, body }) =>
    sendPhoneCode(services, caller.agencyCode, body.phone, clock()),
  );
  serveRoute(app, wire.tryNumber, ({ caller, body }) => tryNumber(services, caller.agencyCode, body));
  serveRoute(app, wire.numberTried, ({ caller, params }) => numberTried(services, caller.agencyCode, params.id));
  serveRoute(app, wire.confirmPhone, ({ caller, body }) => confirmPhone(services, caller.agencyCode, body, clock()));
}
