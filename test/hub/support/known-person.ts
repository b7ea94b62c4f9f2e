import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import { runJobs } from '../../../server/jobs/jobs.ts';
import type { useTestHub } from './test-hub.ts';

export const person = () => ({
  id: uuid(),
  name: 'Ärmelinde "Änne" Ümlaut-Özdemir',
  emails: ['Aenne+Messe@umlaut.example', 'oezdemir@umlaut.example'],
  externalIds: [{ system: 'crm', tenant: 'crm.kontor.example', type: 'contact', id: 'record-of-aenne' }],
  phone: '+49 40 5551234',
  stage: 'mql' as const,
  sourceStatus: { system: 'crm', value: 'Hot' },
  attributes: { note: 'ask for oezdemir@umlaut.example' },
  consents: [
    {
      channel: 'email' as const,
      state: 'granted' as const,
      source: 'crm',
      since: '2026-11-01T08:00:00.000Z',
    },
  ],
});

/** Somebody known through every way there is, talked about by others, too. */
export async function known(hubs: ReturnType<typeof useTestHub>) {
  const open = await hubs.open();
  const { as, hub, admin, rep, marketer, omar, campaign, now } = open;
  const anne = person();
  const asAdmin = await as(admin);
  const asMarketer = await as(marketer);
  const asRep = await as(rep);
  const say = async (call: typeof asRep, method: string, path: string, body: unknown) => {
    const answer = await call(method, path, body, { 'idempotency-key': uuid() });
    expect(answer.status, `${path} ${answer.text}`).toBeLessThan(300);
    return answer.json;
  };
  await say(asMarketer, 'POST', '/v1/people', { people: [anne] });
  await say(asMarketer, 'POST', '/v1/touchpoints', {
    touchpoints: [
      {
        id: uuid(),
        kind: 'form.submitted',
        channel: 'web',
        direction: 'inbound',
        title: `Form of ${anne.name}`,
        highlight: anne.phone,
        url: `https://kontor.example/?mail=${anne.emails[1]}`,
        occurredAt: now(),
        machine: false,
        source: 'web',
        sourceId: `form-${anne.emails[1]}`,
        person: { email: anne.emails[1] },
        campaign,
      },
    ],
  });
  await say(asMarketer, 'POST', '/v1/planned-touches', {
    plannedTouches: [
      {
        id: uuid(),
        title: `For ${anne.name}`,
        channel: 'email',
        at: new Date(Date.parse(now()) + 86_400_000).toISOString(),
        editableUntil: new Date(Date.parse(now()) + 80_000_000).toISOString(),
        source: 'mail',
        sourceId: 'planned',
        person: { email: anne.emails[1] },
      },
    ],
  });
  const verdict = (about: object, comment: string) => ({
    id: uuid(),
    about,
    verdict: 'praise',
    reasons: [],
    comment,
    clientTime: now(),
  });
  const accepted = {
    ...verdict({ kind: 'lead', personId: anne.id }, `${anne.name} is keen`),
    verdict: 'accepted',
  };
  await say(asRep, 'POST', '/v1/feedback', accepted);
  await say(asMarketer, 'POST', `/v1/feedback/${accepted.id}/replies`, {
    id: uuid(),
    text: `Greet ${anne.name}`,
  });
  const aboutCampaign = verdict(
    { kind: 'campaign', campaignId: campaign.id },
    `as ${anne.name} (${anne.emails[1]}) said`,
  );
  await say(asRep, 'POST', '/v1/feedback', aboutCampaign);
  await say(asRep, 'POST', '/v1/confirmations', {
    id: uuid(),
    personId: anne.id,
    subject: 'budget',
    confirmed: true,
    clientTime: now(),
  });
  await say(asRep, 'POST', '/v1/follow-ups', {
    id: uuid(),
    person: { id: anne.id },
    at: now(),
    seen: 'click',
    direction: 'outbound',
  });
  await asRep('POST', '/v1/context', { queries: [{ email: anne.emails[1] }] });
  await hub.personViews.flush(hub);
  await runJobs(hub);
  // In the midst of another address, which is somebody else's.
  await say(asMarketer, 'POST', '/v1/people', {
    people: [
      {
        id: omar.id,
        name: 'Omar',
        emails: ['omar@werft.example', 'max.oezdemir@umlaut.example'],
        externalIds: [],
      },
    ],
  });
  return { ...open, anne, asAdmin, asMarketer, asRep, say, aboutCampaign, accepted };
}
