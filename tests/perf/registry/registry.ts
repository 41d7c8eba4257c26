import type { JudgedPart } from '../measure.ts';
import { measureKeep } from './keep.ts';
import { measureLists } from './lists.ts';
import { measurePrint } from './print.ts';
import { measureStart } from './start.ts';

export const registryParts = {
  lists: measureLists,
  keep: measureKeep,
  start: measureStart,
  print: measurePrint,
} as const;
export type RegistryPart = keyof typeof registryParts;

/** An office's register of `documents` documents: each part with what it is judged by. */
export async function measureRegistry(documents: number, parts: readonly RegistryPart[]): Promise<JudgedPart> {
  const measured: JudgedPart[] = [];
  for (const part of parts) measured.push(await registryParts[part](documents));
  return { goals: measured.flatMap(({ goals }) => goals), table: measured.flatMap(({ table }) => table) };
}
