import type { SourceStatus } from '../../utils/contract/lead-context.ts';
import type { SampleWorkspace } from './sample-workspace.ts';
import { DAY, MINUTE } from './working-time.ts';

/** The systems the sample comes from, what they deliver, and how fresh they are; one of them is silent. */
export function sources(at: (age: number) => string): SourceStatus[] {
  return [
    {
      system: 'mautic',
      label: 'Mautic',
      lastSuccessAt: at(4 * MINUTE),
      kinds: [
        'email.sent',
        'email.delivered',
        'email.opened',
        'email.clicked',
        'email.bounced',
        'email.complained',
        'email.unsubscribed',
        'form.submitted',
        'page.visited',
        'asset.downloaded',
        'event.registered',
        'event.attended',
        'chat',
        'custom',
      ],
    },
    {
      system: 'espocrm',
      label: 'EspoCRM',
      lastSuccessAt: at(11 * MINUTE),
      kinds: ['call', 'meeting', 'note', 'email.sent', 'email.replied'],
    },
    {
      system: 'zoom',
      label: 'Zoom Webinars',
      lastSuccessAt: at(70 * MINUTE),
      kinds: ['event.registered', 'webinar.watched', 'event.no_show'],
    },
    {
      system: 'google-ads',
      label: 'Google Ads',
      lastSuccessAt: at(2.3 * DAY),
      problem: 'The sign-in to Google Ads has expired.',
      kinds: ['ad.clicked'],
    },
  ];
}

/** What the CRM's statuses stand for. Nobody has agreed on one for `On Hold` yet. */
export const statusMappings: NonNullable<SampleWorkspace['statusMappings']> = [
  { system: 'espocrm', value: 'New', stage: 'mql' },
  { system: 'espocrm', value: 'Assigned', stage: 'sal' },
  { system: 'espocrm', value: 'In Process', stage: 'sql' },
  { system: 'espocrm', value: 'Converted', stage: 'opportunity' },
  { system: 'espocrm', value: 'Recycled', stage: 'recycled' },
  { system: 'espocrm', value: 'Dead', stage: 'disqualified' },
];
