import { createEmailGateway } from './email.ts';
import { createFailover } from './failover.ts';
import type { GatewayConfig, SmsGatewayConfig } from './gateway-config.ts';
import { createHttpSmsGateway, httpSmsReportReader } from './http-sms.ts';
import { createKannelGateway, kannelReportReader } from './kannel-sms.ts';
import type { NoticeChannel, NoticeGateway, ReadReport, ReportReceiver } from './notice-gateway.ts';
import { createSmppGateway } from './smpp-sms.ts';
import { createZaloGateway, zaloReportReader, type ZaloTokenStore } from './zalo.ts';

const RECONNECT_MS = { least: 1_000, most: 60_000 };

/** What a province has configured. */
export interface Gateways {
  /** A channel without a gateway is not there. */
  readonly channels: ReadonlyMap<NoticeChannel, NoticeGateway>;
  /** How to read what providers call back, by the gateway's name. */
  readonly reportReaders: ReadonlyMap<string, ReadReport>;
  close(): Promise<void>;
}

/** @param receiver told of reports that come over a link of the gateway's own (SMPP) */
export function openGateways(config: GatewayConfig, tokens: ZaloTokenStore | null, receiver: ReportReceiver): Gateways {
  const channels = new Map<NoticeChannel, NoticeGateway>();
  const reportReaders = new Map<string, ReadReport>();
  if (config.sms.length > 0) {
    channels.set('sms', createFailover(config.sms.map((sms) => openSms(sms, config, receiver))));
  }
  for (const sms of config.sms) {
    if (sms.type === 'kannel') reportReaders.set(sms.name, kannelReportReader(sms.name, config.reportSecret));
    if (sms.type === 'http') reportReaders.set(sms.name, httpSmsReportReader(sms.name, config.reportSecret));
  }
  if (config.zalo !== null && tokens !== null) {
    channels.set('zalo', createZaloGateway({ ...config.zalo, timeoutMs: config.zalo.timeoutSeconds * 1000 }, tokens));
    reportReaders.set(config.zalo.name, zaloReportReader(config.zalo));
  }
  if (config.smtp !== null) {
    channels.set('email', createEmailGateway({ ...config.smtp, timeoutMs: config.smtp.timeoutSeconds * 1000 }));
  }
  const close = async (): Promise<void> => {
    await Promise.all([...channels.values()].map((gateway) => gateway.close()));
  };
  return { channels, reportReaders, close };
}

function openSms(sms: SmsGatewayConfig, config: GatewayConfig, receiver: ReportReceiver): NoticeGateway {
  const { callbackUrl, reportSecret, brandname } = config;
  const timeoutMs = sms.timeoutSeconds * 1000;
  switch (sms.type) {
    case 'kannel':
      return createKannelGateway({ ...sms, from: brandname, callbackUrl, reportSecret, timeoutMs });
    case 'smpp':
      return createSmppGateway(
        { ...sms, from: brandname, timeoutMs, enquireLinkMs: sms.enquireLinkSeconds * 1000, reconnectMs: RECONNECT_MS },
        receiver,
      );
    case 'http':
      return createHttpSmsGateway({ ...sms, brandname, callbackUrl, reportSecret, timeoutMs });
  }
}
