import type { PdfDocument } from '../syntax/document.ts';
import { dictOf, isArray, isDict, isNamed, isRef } from '../syntax/objects.ts';
import type { PdfDict } from '../syntax/objects.ts';

/**
 * Whether every layer is shown, on screen and on paper, whatever program opens the file: then the switch of layers can be
 * taken away and nothing looks different (ISO 32000-2, 8.11.4). Groups that show what others hide, and layers that
 * follow zoom, language or printing, are not settled.
 */
export function showsAllLayers(document: PdfDocument): boolean {
  const layers = document.getDict(document.catalog, 'OCProperties');
  if (!layers) return true;
  const configuration = document.getDict(layers, 'D');
  const base = configuration && document.get(configuration, 'BaseState');
  if (base !== undefined && base !== null && !isNamed(base, 'ON')) return false;
  if (configuration && document.getArray(configuration, 'OFF').length > 0) return false;
  for (const item of document.getArray(layers, 'OCGs')) {
    const group = document.resolve(item);
    if (isDict(group) && group.entries.has('Usage')) return false;
  }
  return !hasConditions(document);
}

/** Whether a membership dictionary hides something although all layers are shown (8.11.2.2). */
function hasConditions(document: PdfDocument): boolean {
  return document.references.some((reference) => holdsCondition(document, dictOf(document.resolve(reference)) ?? null));
}

function holdsCondition(document: PdfDocument, dictionary: PdfDict | null): boolean {
  if (dictionary === null) return false;
  document.budget.step();
  if (isNamed(dictionary.entries.get('Type'), 'OCMD')) {
    const policy = document.get(dictionary, 'P');
    const hides = policy !== null && !isNamed(policy, 'AllOn') && !isNamed(policy, 'AnyOn');
    if (hides || dictionary.entries.has('VE')) return true;
  }
  return [...dictionary.entries.values()].some((item) =>
    isArray(item)
      ? item.some((one) => isDict(one) && holdsCondition(document, one))
      : !isRef(item) && isDict(item) && holdsCondition(document, item),
  );
}
