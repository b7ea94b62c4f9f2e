import { Hono } from 'hono';
import { z } from 'zod';
import type { FakeAccount, FakeMailEvent } from './account.ts';
import { pageOf } from './page-of.ts';
import { invalid, missing } from './refusals.ts';

const Addresses = z.object({ inputs: z.array(z.string()).min(1).max(100) });
/** Offsets into the mail events are good for so long. */
const OFFSET_MS = 5 * 60_000;

const iso = (at: number): string => new Date(at).toISOString();

/** Mails, forms, visits, events, campaigns and subscriptions. */
export function createMarketing(account: FakeAccount, now: () => Date): Hono {
  const marketing = new Hono();

  marketing.get('/account-info/v3/details', () => Response.json({ portalId: 4_711_000, timeZone: 'UTC' }));

  marketing.get('/email/public/v1/events', ({ req }) => mailEvents(account.mailEvents, req.query(), now()));
  marketing.get('/email/public/v1/campaigns/:id', ({ req }) => {
    const mail = account.mails[Number(req.param('id')) - 80_000];
    if (!mail || req.query('appId') !== '113') return missing();
    const { name, subject } = mail;
    return Response.json({
      id: Number(req.param('id')),
      appId: 113,
      name,
      subject,
      contentId: Number(mail.id),
    });
  });
  marketing.get('/marketing/v3/emails', ({ req }) => {
    // Names of campaigns are given to those who ask.
    const isNamed = req.query('marketingCampaignNames') === 'true';
    const mails = account.mails.map(({ campaignName, ...mail }) => ({
      ...{ ...mail, subcategory: 'batch', activeDomain: 'www.example.com' },
      ...(isNamed && campaignName !== undefined && { campaignName }),
    }));
    return pageOf(mails, req.query(), 100);
  });
  marketing.get('/crm/v3/lists/:id/memberships', ({ req }) => {
    const members = account.lists.get(req.param('id'));
    if (!members) return missing();
    const at = '2026-01-12T08:00:00.000Z';
    return pageOf(
      members.map((recordId) => ({ recordId, membershipTimestamp: at })),
      req.query(),
      250,
    );
  });

  marketing.get('/marketing/v3/forms', ({ req }) => {
    const types = req.queries('formTypes') ?? ['hubspot'];
    const forms = account.forms
      .map(({ id, name }) => ({ id, name, formType: name === 'prices' ? 'captured' : 'hubspot' }))
      .filter(({ formType }) => types.includes(formType));
    return pageOf(forms, req.query(), 100);
  });
  marketing.get('/form-integrations/v1/submissions/forms/:id', ({ req }) => {
    const form = account.forms.find(({ id }) => id === req.param('id'));
    if (!form) return missing();
    const submissions = form.submissions.map(({ at, email }) => ({
      conversionId: `${form.id}-${at}`,
      submittedAt: at,
      values: email === null ? [] : [{ name: 'email', value: email, objectTypeId: '0-1' }],
      pageUrl: 'https://www.example.com/kontakt',
    }));
    return pageOf(submissions, req.query(), 50);
  });

  marketing.get('/events/v3/events', ({ req }) => {
    const { eventType, objectType, occurredAfter = '1970-01-01T00:00:00.000Z', sort } = req.query();
    if (objectType !== 'contact' || eventType !== 'e_visited_page') return invalid('Unknown event type');
    const after = Date.parse(occurredAfter);
    const visits = account.visits
      .filter(({ at }) => at > after)
      .map(({ id, contact, at, url }) => ({
        ...{ id, objectType: 'CONTACT', objectId: contact, eventType, occurredAt: iso(at) },
        properties: { hs_url: url, hs_title: 'Werkstatt' },
      }));
    return pageOf(sort === 'ASCENDING' ? visits : visits.toReversed(), req.query(), 100);
  });

  marketing.get('/marketing/v3/marketing-events/', ({ req }) =>
    pageOf(
      account.events.map(({ id, name, type, at }) => ({
        ...{ objectId: id, eventName: name, eventType: type, customProperties: [] },
        ...{
          startDateTime: iso(at),
          endDateTime: iso(at + 7_200_000),
          createdAt: iso(at),
          updatedAt: iso(at),
        },
      })),
      req.query(),
      100,
    ),
  );
  marketing.get('/marketing/v3/marketing-events/participations/:id/breakdown', ({ req }) => {
    const event = account.events.find(({ id }) => id === req.param('id'));
    if (!event) return missing();
    const participations = event.participations.map(({ contact, state, at }) => ({
      id: `${event.id}-${contact}`,
      createdAt: iso(at),
      associations: {
        contact: { contactId: contact, email: 'k@firma.example' },
        marketingEvent: { marketingEventId: event.id, name: event.name },
      },
      properties: { occurredAt: at, attendanceState: state },
    }));
    return pageOf(participations, req.query(), 100);
  });

  marketing.get('/marketing/v3/campaigns', ({ req }) =>
    pageOf(
      account.campaigns.map(({ id, name, start, updatedAt }) => ({
        ...{ id, createdAt: iso(updatedAt), updatedAt: iso(updatedAt), businessUnits: [] },
        properties: { hs_name: name, hs_start_date: start },
      })),
      req.query(),
      100,
    ),
  );

  marketing.post('/communication-preferences/v4/statuses/batch/read', async ({ req }) => {
    const body = Addresses.safeParse(await req.json());
    if (!body.success || req.query('channel') !== 'EMAIL') return invalid('Invalid input JSON');
    return subscriptions(account, body.data.inputs);
  });
  return marketing;
}

function subscriptions({ subscriptions: known }: FakeAccount, addresses: readonly string[]): Response {
  const at = '2026-03-02T08:00:00.000Z';
  const results = addresses.map((address) => {
    const { status = 'NOT_SPECIFIED', at: since = 0 } = known.get(address) ?? {};
    return {
      subscriberIdString: address,
      statuses: [
        {
          ...{
            subscriberIdString: address,
            subscriptionId: 55,
            subscriptionName: 'Newsletter',
            channel: 'EMAIL',
          },
          ...{ status, source: 'FORM', timestamp: iso(since), businessUnitId: 0 },
          ...(status === 'SUBSCRIBED' && { legalBasis: 'CONSENT_WITH_NOTICE' }),
        },
      ],
    };
  });
  return Response.json({ status: 'COMPLETE', results, startedAt: at, completedAt: at });
}

function mailEvents(
  all: readonly FakeMailEvent[],
  query: Record<string, string | undefined>,
  now: Date,
): Response {
  const { limit = '10', startTimestamp = '0', endTimestamp = 'Infinity', offset } = query;
  if (!(Number(limit) >= 1 && Number(limit) <= 1_000)) return invalid('limit must be at most 1000');
  const [place = '0', asked = '', madeAt = now.getTime()] = offset?.split('~') ?? [];
  // A token of another query, or one that is too old.
  const isWrong = offset !== undefined && asked !== `${startTimestamp}_${endTimestamp}`;
  if (isWrong || now.getTime() - Number(madeAt) > OFFSET_MS) return invalid('offset is not valid');
  const [earliest, latest] = [Number(startTimestamp), Number(endTimestamp)];
  const events = all.filter(({ created }) => created >= earliest && created <= latest);
  const end = Number(place) + Number(limit);
  return Response.json({
    events: events.slice(Number(place), end),
    hasMore: end < events.length,
    offset: `${end}~${startTimestamp}_${endTimestamp}~${now.getTime()}`,
  });
}
