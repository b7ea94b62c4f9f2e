import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Campaign } from '../../utils/contract/campaign.ts';
import { Consent, DoNotContact } from '../../utils/contract/consent.ts';
import { Feedback } from '../../utils/contract/feedback.ts';
import { Confirmable } from '../../utils/contract/criterion.ts';
import { HandOver } from '../../utils/contract/hand-over.ts';
import { SourceStatus } from '../../utils/contract/lead-context.ts';
import { NewOffer, PlannedTouch } from '../../utils/contract/planned-touch.ts';
import { Id, Instant } from '../../utils/contract/primitives.ts';
import { Person } from '../../utils/contract/person.ts';
import { User, Workspace } from '../../utils/contract/session.ts';
import { Stage, StageEvent } from '../../utils/contract/stage.ts';
import { Touchpoint } from '../../utils/contract/touchpoint.ts';
import { clockState, isLate } from '../../utils/domain/clock-state.ts';
import { evaluateCriterion } from '../../utils/domain/evaluate-criterion.ts';
import { nextEscalationAt } from '../../server/hand-overs/hand-over-record.ts';
import { cast } from '../../server/sample/cast.ts';
import { factsAt } from '../../server/sample/facts.ts';
import { defaultAgreement } from '../../utils/domain/default-agreement.ts';
import { generateSample } from '../../server/sample/generate-sample.ts';
import type { SamplePerson, SampleTouchpoint } from '../../server/sample/sample-workspace.ts';

const now = new Date('2026-11-18T10:30:00.000Z');
const sample = generateSample({ now });
const { users, campaigns, people, touchpoints, feedback } = sample;
const { plannedTouches = [], confirmations = [], offers = [], handOvers = [] } = sample;
const touchesOf = Map.groupBy(touchpoints, ({ personId }) => personId);
const agreement = defaultAgreement(now);
const reasonsFor = (outcome: 'recycle' | 'remove') =>
  agreement.reasons.filter((reason) => reason.outcome === outcome).map(({ id }) => id);
const reasons = { recycled: reasonsFor('recycle'), disqualified: reasonsFor('remove') };

/** People for whom something is not as it should be; a failing test names them. */
const wrong = (isWrong: (person: SamplePerson, touches: SampleTouchpoint[]) => boolean) =>
  people.filter((person) => isWrong(person, touchesOf.get(person.id) ?? [])).map(({ name }) => name);
const emailConsent = ({ consents }: SamplePerson) => consents.find(({ channel }) => channel === 'email');
const isMarketingMail = ({ kind, campaignId }: SampleTouchpoint) =>
  kind === 'email.sent' && campaignId !== undefined;
const isAscending = (times: string[]) => times.every((time, index) => (times[index - 1] ?? '') <= time);

describe('the sample workspace', () => {
  it('fits the contract', () => {
    const SamplePersonSchema = Person.extend({
      stageEvents: z.array(StageEvent).min(1),
      source: z.string(),
      sourcedAt: Instant,
      sourceStatus: z.strictObject({ system: z.string(), value: z.string() }).optional(),
      consents: z.array(Consent),
      doNotContact: DoNotContact.optional(),
    }).strict();
    const schema = z.strictObject({
      workspace: Workspace,
      users: z.array(User),
      campaigns: z.array(Campaign.strict()),
      people: z.array(SamplePersonSchema),
      touchpoints: z.array(Touchpoint.extend({ personId: z.uuid(), sourceId: z.string().min(1) }).strict()),
      feedback: z.array(Feedback.strict()),
      sources: z.array(SourceStatus.strict()),
      statusMappings: z.array(z.strictObject({ system: z.string(), value: z.string(), stage: Stage })),
      confirmations: z.array(
        z.strictObject({
          id: Id,
          personId: Id,
          subject: Confirmable,
          confirmed: z.boolean(),
          by: z.strictObject({ id: Id, name: z.string() }),
          at: Instant,
        }),
      ),
      plannedTouches: z.array(
        PlannedTouch.omit({ campaignName: true }).extend({ personId: Id, sourceId: z.string() }).strict(),
      ),
      offers: z.array(NewOffer.strict()),
      handOvers: z.array(z.object({ document: HandOver })),
    });
    expect(schema.safeParse(sample).error).toBeUndefined();
  });

  it('is as large as promised', () => {
    expect(people).toHaveLength(2000);
    expect(new Set(people.map(({ company }) => company)).size).toBe(400);
    expect(campaigns).toHaveLength(24);
    expect(touchpoints.length).toBeGreaterThan(36_000);
    expect(touchpoints.length).toBeLessThan(44_000);
    expect(users[0]).toMatchObject({
      name: 'Alex Winter',
      email: 'alex.winter@nordlicht.example',
      role: 'admin',
    });
  });

  it('tells the same story for a seed, whenever it is told', { timeout: 30_000 }, () => {
    const later = generateSample({ now: new Date('2027-01-03T22:00:00.000Z') });
    expect(generateSample({ now })).toEqual(sample);
    expect(later.touchpoints.map(({ id }) => id)).toEqual(touchpoints.map(({ id }) => id));
    expect(later.feedback.map(({ id }) => id)).toEqual(feedback.map(({ id }) => id));
    expect(later.touchpoints.at(-1)?.occurredAt.slice(0, 10)).toBe('2026-12-31');
    expect(generateSample({ now, seed: 2 }).people.at(-1)?.id).not.toBe(people.at(-1)?.id);
  });

  it('gives everything an id of its own, in the order of time', () => {
    const stageEvents = people.flatMap((person) => person.stageEvents);
    const all = [
      sample.workspace,
      ...users,
      ...campaigns,
      ...people,
      ...touchpoints,
      ...stageEvents,
      ...feedback,
      ...plannedTouches,
      ...confirmations,
      ...offers,
    ];
    const ids = all.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !z.uuidv7().safeParse(id).success)).toEqual([]);
    expect(isAscending(touchpoints.map(({ id }) => id.slice(0, 13)))).toBe(true);
    expect(new Set(touchpoints.map(({ source, sourceId }) => `${source}:${sourceId}`)).size).toBe(
      touchpoints.length,
    );
  });

  it('names no real address, and none twice', () => {
    const emails = people.flatMap((person) => person.emails);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.filter((email) => !/^[a-z0-9.-]+@[a-z0-9-]+\.example$/u.test(email))).toEqual([]);
    expect(emails.filter((email) => email.endsWith('@nordlicht.example'))).toEqual([]);
  });

  it('gives a person one consent per channel, and a record in another system to one person', () => {
    const channels = people.flatMap(({ id, consents }) => consents.map(({ channel }) => `${id} ${channel}`));
    const records = people.flatMap(({ externalIds }) =>
      externalIds.map((record) => Object.values(record).join(' ')),
    );
    expect(new Set(channels).size).toBe(channels.length);
    expect(new Set(records).size).toBe(records.length);
  });

  it('happened, all of it, and in order', () => {
    const moments = [
      ...touchpoints.map(({ occurredAt }) => occurredAt),
      ...people.flatMap(({ stageEvents, consents }) => [
        ...stageEvents.map(({ at }) => at),
        ...consents.map(({ since }) => since),
      ]),
      ...people.map(({ sourcedAt = '' }) => sourcedAt),
      ...confirmations.map(({ at }) => at),
      ...feedback.flatMap(({ at, replies }) => [at, ...replies.map((reply) => reply.at)]),
    ];
    expect(moments.filter((moment) => moment > now.toISOString())).toEqual([]);
    expect(isAscending(touchpoints.map(({ occurredAt }) => occurredAt))).toBe(true);
    expect(feedback.filter(({ at, replies }) => replies.some((reply) => reply.at <= at))).toEqual([]);
  });

  it('knows every id it refers to', () => {
    const campaignIds = new Set(campaigns.map(({ id }) => id));
    const userIds = new Set(users.map(({ id }) => id));
    expect(wrong((_, touches) => touches.length === 0)).toEqual([]);
    expect(touchesOf.size).toBe(people.length);
    expect(touchpoints.filter(({ campaignId }) => campaignId && !campaignIds.has(campaignId))).toEqual([]);
    expect(people.filter(({ owner }) => owner && !userIds.has(owner.id))).toEqual([]);
    expect([...feedback, ...confirmations].filter(({ by }) => !userIds.has(by.id))).toEqual([]);
    expect(plannedTouches.filter(({ campaignId }) => !campaignIds.has(campaignId ?? ''))).toEqual([]);
  });
});

describe('the mails of the sample', () => {
  const order = ['email.sent', 'email.delivered', 'email.opened', 'email.clicked'];
  const mails = [...touchesOf.values()].flatMap((touches) => [
    ...Map.groupBy(
      touches.filter(({ channel, campaignId }) => channel === 'email' && campaignId !== undefined),
      ({ title }) => title,
    ).values(),
  ]);

  it('are sent before they are delivered, opened and clicked', () => {
    const isOutOfOrder = (mail: SampleTouchpoint[]) => {
      const positions = mail.map(({ kind }) => order.indexOf(kind)).filter((position) => position >= 0);
      return (
        mail[0]?.kind !== 'email.sent' || positions.some((position, i) => position < (positions[i - 1] ?? 0))
      );
    };
    expect(mails.length).toBeGreaterThan(5000);
    expect(mails.filter(isOutOfOrder)).toEqual([]);
  });

  it('are either delivered or bounce, and are opened by machines at once or not at all', () => {
    const has = (mail: SampleTouchpoint[], kind: string) => mail.some((touch) => touch.kind === kind);
    expect(mails.filter((mail) => has(mail, 'email.bounced') && has(mail, 'email.delivered'))).toEqual([]);
    const byMachine = mails.filter((mail) => mail.some(({ machine }) => machine));
    const delays = byMachine.map((mail) => {
      const opened = mail.find(({ machine }) => machine);
      const delivered = mail.find(({ kind }) => kind === 'email.delivered');
      return Date.parse(opened?.occurredAt ?? '') - Date.parse(delivered?.occurredAt ?? '');
    });
    expect(delays.length).toBeGreaterThan(500);
    expect(delays.filter((delay) => !(delay > 0 && delay <= 20_000))).toEqual([]);
  });

  it('go to nobody who did not agree to them, and stop when somebody leaves the list', () => {
    expect(wrong((person, touches) => touches.some(isMarketingMail) && !emailConsent(person))).toEqual([]);
    const hasLeft = ({ kind }: SampleTouchpoint) =>
      kind === 'email.unsubscribed' || kind === 'email.complained';
    const leavers = people.filter(({ id }) => touchesOf.get(id)?.some(hasLeft));
    expect(leavers.length).toBeGreaterThan(10);
    expect(leavers.filter((person) => emailConsent(person)?.state !== 'withdrawn')).toEqual([]);
    expect(
      wrong((_, touches) => {
        const left = touches.findIndex((touch) => hasLeft(touch) || touch.kind === 'email.bounced');
        return left >= 0 && touches.slice(left).some(isMarketingMail);
      }),
    ).toEqual([]);
  });

  it('and everything else stop when somebody asks to be left alone', () => {
    const blocked = people.filter(({ doNotContact }) => doNotContact);
    expect(blocked.length).toBeGreaterThan(3);
    expect(blocked.filter((person) => person.consents.some(({ state }) => state === 'granted'))).toEqual([]);
    const isLater = (person: SamplePerson) => (touch: SampleTouchpoint) =>
      touch.direction === 'outbound' && touch.occurredAt > (person.doNotContact?.since ?? '');
    expect(blocked.filter((person) => touchesOf.get(person.id)?.some(isLater(person)))).toEqual([]);
  });
});

describe('the stages of the sample', () => {
  const path = ['inquiry', 'lead', 'mql', 'sal', 'sql', 'opportunity', 'customer'];
  const nextOf = (from: string) => [
    path[path.indexOf(from) + 1],
    ...(from === 'inquiry' ? [] : Object.keys(reasons)),
  ];

  it('are passed one by one, and left only for a reason', () => {
    const illegal = wrong(({ stageEvents }) =>
      stageEvents.some(({ from, to, at }, index) => {
        const before = stageEvents[index - 1];
        if (before === undefined) return from !== null || to !== 'inquiry';
        const isLegal = from === 'recycled' ? to === 'mql' : nextOf(before.to).includes(to);
        return from !== before.to || !isLegal || at <= before.at;
      }),
    );
    expect(illegal).toEqual([]);
    const events = people.flatMap(({ stageEvents }) => stageEvents);
    const isMisreasoned = ({ to, reason }: StageEvent) =>
      to === 'recycled' || to === 'disqualified' ? !reasons[to].includes(reason ?? '') : reason !== undefined;
    expect(events.filter(isMisreasoned)).toEqual([]);
    expect(new Set(people.map(({ stageEvents }) => stageEvents.at(-1)?.to)).size).toBe(9);
  });

  it('follow something the person did', () => {
    const isUnfounded = (to: string) => (person: SamplePerson, touches: SampleTouchpoint[]) => {
      const moved = person.stageEvents.find((event) => event.to === to);
      const isCause = ({ direction, machine, occurredAt }: SampleTouchpoint) =>
        direction === 'inbound' && !machine && moved !== undefined && occurredAt <= moved.at;
      return moved !== undefined && !touches.some(isCause);
    };
    for (const to of ['inquiry', 'lead', 'mql']) expect(wrong(isUnfounded(to))).toEqual([]);
  });

  it('that a rep moved come with the same feedback', () => {
    const returned = feedback.filter(({ verdict }) => verdict === 'returned');
    const byPerson = new Map(people.map((person) => [person.id, person]));
    const hasNoMove = ({ about, reasons, by, at }: Feedback) =>
      !byPerson
        .get(about.personId ?? '')
        ?.stageEvents.some(
          (event) => event.at === at && event.by.id === by.id && event.reason === reasons[0],
        );
    expect(returned.length).toBeGreaterThan(100);
    expect(returned.filter(hasNoMove)).toEqual([]);
    expect(feedback.some(({ state }) => state === 'new')).toBe(true);
    expect(feedback.some(({ about }) => about.kind === 'campaign')).toBe(true);
  });
});

describe('what is coming to the people of the sample', () => {
  it('lies ahead, can still be stopped, and goes only to those who agreed to mails', () => {
    const soon = new Date(now.getTime() + 21 * 86_400_000).toISOString();
    expect(plannedTouches.length).toBeGreaterThan(500);
    expect(plannedTouches.filter(({ at }) => at > soon)).toEqual([]);
    expect(
      plannedTouches.filter((one) => one.editableUntil <= now.toISOString() || one.editableUntil >= one.at),
    ).toEqual([]);
    const byId = new Map(people.map((person) => [person.id, person]));
    const isUnwanted = ({ personId }: { personId: string }) => {
      const person = byId.get(personId);
      return !person || person.doNotContact || emailConsent(person)?.state !== 'granted';
    };
    expect(plannedTouches.filter(isUnwanted)).toEqual([]);
  });

  it('are offers that run now, for some countries or the people of a campaign', () => {
    const isRunning = ({ validFrom, validTo }: (typeof offers)[number]) =>
      validFrom < now.toISOString() && validTo > now.toISOString();
    expect(offers.filter(isRunning)).toHaveLength(2);
    expect(
      offers.map(({ countries, campaignId }) => [countries !== undefined, campaignId !== undefined]),
    ).toEqual([
      [true, false],
      [false, true],
    ]);
  });
});

describe('the sample and the agreement it is judged by', () => {
  const confirmationsOf = Map.groupBy(confirmations, ({ personId }) => personId);
  const campaignMap = { campaigns: new Map(campaigns.map((campaign) => [campaign.id, campaign])) };
  const criteriaOf = (stage: Stage) => agreement.stages.find((agreed) => agreed.stage === stage)?.criteria;
  const stateOf = (person: SamplePerson, stage: Stage, since = '') => {
    const known = {
      person,
      touchpoints: (touchesOf.get(person.id) ?? []).filter(({ occurredAt }) => occurredAt > since),
      confirmations: confirmationsOf.get(person.id) ?? [],
    };
    const criteria = criteriaOf(stage);
    const facts = factsAt(now.toISOString(), known, campaignMap, agreement);
    return criteria && evaluateCriterion(criteria, facts).state;
  };
  const at = (stage: Stage) => people.filter(({ stageEvents }) => stageEvents.at(-1)?.to === stage);
  const share = (some: SamplePerson[], stage: Stage, state: string) =>
    some.filter((person) => stateOf(person, stage) === state).length / some.length;

  it('agree on where the leads are', () => {
    expect(share(at('lead'), 'lead', 'met')).toBeGreaterThan(0.85);
    expect(share(at('lead'), 'lead', 'unknown')).toBeGreaterThan(0);
    expect(share(at('mql'), 'mql', 'met')).toBeGreaterThan(0.65);
    expect(share(at('sql'), 'sql', 'met')).toBeGreaterThan(0.95);
  });

  it('leave next to nothing for the rules to move', () => {
    const back = (person: SamplePerson) => person.stageEvents.at(-1)?.at;
    const movable = [
      ...at('inquiry').filter((person) => stateOf(person, 'lead') === 'met'),
      ...at('lead').filter((person) => stateOf(person, 'mql') === 'met'),
      ...at('recycled').filter((person) => stateOf(person, 'mql', back(person)) === 'met'),
    ];
    expect(movable.length).toBeLessThan(10);
    const ready = at('sal').filter((person) => stateOf(person, 'sql') === 'met');
    expect(ready.length).toBeGreaterThan(3);
    expect(ready.length).toBeLessThan(30);
  });

  it('blame the rule for no hand-over that it could not have made', () => {
    const byRule = new Set(
      people.flatMap(({ id, stageEvents }) =>
        stageEvents.filter(({ to, by }) => to === 'mql' && by.kind === 'rule').map((event) => id + event.at),
      ),
    );
    const made = handOvers.filter(({ personId, document }) => byRule.has(personId + document.at));
    expect(made.length).toBeGreaterThan(300);
    expect(made.filter(({ document }) => document.criteria?.state !== 'met')).toEqual([]);
  });

  it('have a clock for every hand-over, in every state', () => {
    const moves = people.flatMap(({ stageEvents }) => stageEvents.filter(({ to }) => to === 'mql'));
    expect(handOvers).toHaveLength(moves.length);
    expect(handOvers.filter(({ document }) => !HandOver.safeParse(document).success)).toEqual([]);
    const open = handOvers.filter(({ document }) => document.outcome === undefined);
    const states = open.map(({ document: { response, pauses } }) =>
      clockState(response, pauses, now.getTime()),
    );
    expect(new Set(states)).toEqual(new Set(['not-started', 'running', 'at-risk', 'breached', 'paused']));
    expect(open.length).toBeLessThan(60);
    const late = handOvers.filter(({ document: { response } }) => response && isLate(response));
    expect(late.length / handOvers.length).toBeGreaterThan(0.1);
    expect(late.length / handOvers.length).toBeLessThan(0.35);
    expect(late.filter(({ document }) => document.escalations.length === 0)).toEqual([]);
  });

  it('have no escalation left to be made up for', () => {
    const due = handOvers.map(nextEscalationAt).filter((at) => at !== null && at <= now);
    expect(due).toEqual([]);
  });
});

describe('the cast of the sample', () => {
  const contexts = cast.map(({ emails }) => {
    const person = people.find((candidate) => candidate.emails[0] === emails[0]);
    return { person, touches: touchesOf.get(person?.id ?? '') ?? [] };
  });

  it('are leads with a story each', () => {
    expect(contexts).toHaveLength(12);
    expect(contexts.filter(({ touches }) => touches.length < 8)).toEqual([]);
    expect(contexts.filter(({ touches }) => !touches.some(({ campaignId }) => campaignId))).toEqual([]);
    expect(contexts.some(({ person }) => person?.doNotContact)).toBe(true);
    expect(new Set(contexts.map(({ person }) => person?.language))).toEqual(new Set(['de', 'en']));
  });

  it('begin with a lead handed over today and not judged yet', () => {
    const { person } = contexts[0] ?? {};
    expect(person?.stageEvents.at(-1)).toMatchObject({
      to: 'mql',
      at: expect.stringMatching(/^2026-11-18/u) as string,
    });
    expect(feedback.filter(({ about }) => about.personId === person?.id)).toEqual([]);
  });

  it.each([
    ['Katharina Brandt', 'running'],
    ['Oliver Whitfield', 'at-risk'],
    ['Daniel Hughes', 'breached'],
    ['Markus Ebner', 'met'],
    ['Claire Donnelly', 'met'],
  ])('have clocks of their own: %s’s is %s', (name, state) => {
    const person = people.find((candidate) => candidate.name === name);
    const latest = handOvers.findLast(({ personId }) => personId === person?.id)?.document;
    expect(clockState(latest?.response, latest?.pauses ?? [], now.getTime())).toBe(state);
  });

  it('hold one who gets a mail within a day, and some who are other reps’', () => {
    const soon = new Date(now.getTime() + 86_400_000).toISOString();
    const ids = new Set(contexts.map(({ person }) => person?.id));
    const mails = plannedTouches.filter(({ personId, at }) => ids.has(personId) && at < soon);
    expect(mails).toHaveLength(1);
    expect(contexts.filter(({ person }) => person?.owner?.name !== 'Alex Winter').length).toBeGreaterThan(1);
  });
});
