/** How a document came: through the exchange, as a scan or another file, with an e-mail, or as paper alone. */
export const arrivalSources = ['exchange', 'scan', 'e-mail', 'paper'] as const;
export type ArrivalSource = (typeof arrivalSources)[number];
