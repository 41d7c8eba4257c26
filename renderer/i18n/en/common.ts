import type { Catalogue } from '../catalogue.ts';
import type { common as source } from '../vi/common.ts';

export const common: Catalogue<typeof source> = {
  locale: 'en',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  retry: 'Try again',
  undo: 'Undo',
  back: 'Back',
  loading: 'Opening…',
  reference: 'Reference for technical support: {{id}}',
  notADate: 'No such day. Type day/month/year, for example 22/05/2026.',
  notADateTime: 'No such day or hour. Type day/month/year hour:minute, for example 26/05/2026 17:00.',
  required: 'This field is empty.',
  source: { page: 'from the page', header: 'from the sender', check: 'check' },
  urgency: {
    normal: 'Normal',
    urgent: 'Urgent',
    'very-urgent': 'Very urgent',
    express: 'Express',
    'express-timed': 'Express, fixed hour',
  },
  paper: { none: 'No paper copy', expected: 'Paper copy still to come', arrived: 'Paper copy is here' },
  roles: {
    'records-clerk': 'records clerk',
    leader: 'leader',
    officer: 'officer',
    administrator: 'administrator',
  },
  yesterday: 'Yesterday',
  remaining: {
    days_one: '{{count}} day left',
    days_other: '{{count}} days left',
    hours: '{{hours}} h {{minutes}} min left',
    minutes_one: '{{count}} minute left',
    minutes_other: '{{count}} minutes left',
  },
  overdue: {
    days_one: '{{count}} day late',
    days_other: '{{count}} days late',
    hours: '{{hours}} h {{minutes}} min late',
    minutes_one: '{{count}} minute late',
    minutes_other: '{{count}} minutes late',
  },
};
