import { randomUUID } from 'node:crypto';
import { Secret } from '#exchange/gateways/secret.ts';
import type { DeliveryReport, Notice, ReportReceiver } from '#exchange/gateways/notice-gateway.ts';

export const NUMBER = '+84912345678';
export const never = new AbortController().signal;
export const reportSecret = new Secret('report-secret');

export function notice(changes: Partial<Notice> = {}): Notice {
  return { id: randomUUID(), to: NUMBER, text: 'Van ban hoa toc 241/VPUBND, han 14:00', ...changes };
}

/** Keeps what it is told. */
export function keepReports(): ReportReceiver & { readonly reports: DeliveryReport[] } {
  const reports: DeliveryReport[] = [];
  return { reports, onReport: async (report) => void reports.push(report) };
}
