/** The process that answers a feature's calls. Apart from the schemas, so that the preload script loads no zod. */
export const mainFeatures = ['app', 'settings', 'files', 'backup'] as const;
export type MainFeature = (typeof mainFeatures)[number];
export type Owner = 'core' | 'main';

export function ownerOf(name: string): Owner {
  const [feature] = name.split('.');
  return mainFeatures.some((one) => one === feature) ? 'main' : 'core';
}
