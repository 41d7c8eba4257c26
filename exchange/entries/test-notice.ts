import { randomUUID } from 'node:crypto';
import { TEST_TEXT, TEST_WORDS } from '#shared/domain/test-notice.ts';
import { readGatewayConfig } from '../gateways/gateway-config.ts';
import type { DeliveryReport, NoticeChannel, Outcome } from '../gateways/notice-gateway.ts';
import { openGateways } from '../gateways/open-gateways.ts';
import { listenForReports } from '../gateways/report-listener.ts';
import { openZaloTokenFile } from '../gateways/zalo-token-file.ts';
import { handOverOnce } from '../notices/hand-text.ts';

export interface TestNotice {
  readonly configFile: string;
  readonly channel: NoticeChannel;
  readonly to: string;
  /** Zalo: values for the parameters of the template. */
  readonly parameters: Readonly<Record<string, string>>;
  /** How long to wait for a final delivery report. */
  readonly waitMs: number;
  /** Where providers' callbacks arrive while waiting, because the server that they are meant for is not running. */
  readonly listen: { readonly host: string; readonly port: number } | null;
}

export interface TestNoticeResult {
  readonly id: string;
  readonly outcome: Outcome;
  readonly reports: readonly DeliveryReport[];
}

/** Sends one message through the configured gateways, for IT to see whether they work. @throws Error of the configuration */
export async function sendTestNotice(test: TestNotice): Promise<TestNoticeResult> {
  const config = await readGatewayConfig(test.configFile, process.env);
  const reports: DeliveryReport[] = [];
  let settle = (): void => {};
  const settled = new Promise<void>((resolve) => (settle = resolve));
  const receiver = {
    onReport: async (report: DeliveryReport): Promise<void> => {
      reports.push(report);
      if (report.state !== 'buffered') settle();
    },
  };
  const tokens = config.zalo === null ? null : openZaloTokenFile(config.zalo.tokenFile);
  const gateways = openGateways(config, tokens, receiver);
  const listener =
    test.listen === null
      ? null
      : await listenForReports(test.listen, config.callbackUrl, gateways.reportReaders, receiver);
  try {
    const gateway = gateways.channels.get(test.channel);
    if (gateway === undefined) throw new Error(`the configuration has no gateway for ${test.channel}`);
    const notice = {
      id: randomUUID(),
      to: test.to,
      text: test.channel === 'email' ? TEST_WORDS : TEST_TEXT,
      subject: TEST_WORDS,
      html: `<p>${TEST_WORDS}</p>`,
      parameters: test.parameters,
    };
    const { outcome, mayBeReported } = await handOverOnce(gateway, notice, 120_000);
    if (mayBeReported && test.waitMs > 0) {
      const timer = setTimeout(settle, test.waitMs);
      await settled;
      clearTimeout(timer);
    }
    return { id: notice.id, outcome, reports };
  } finally {
    await listener?.close();
    await gateways.close();
  }
}
