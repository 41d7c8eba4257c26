export const signatures = {};
