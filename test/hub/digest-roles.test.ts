import { expect, test } from 'vitest';
import { v7 as uuid } from 'uuid';
import { sql } from 'kysely';
import { mailText } from '../../server/digest/digest-line.ts';
import { teamLines, readTeamWeek } from '../../server/digest/team-week.ts';
import { writeDigest } from '../../server/digest/write-digest.ts';
import { readAgreement } from '../../server/store/agreements.ts';
import { runJobs } from '../../server/jobs/jobs.ts';
import type { Language } from '../../utils/contract/primitives.ts';
import type { Team, User } from '../../utils/contract/session.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const DAY = 86_400_000;
/** With everything at once; who reads more than this on a Monday? */
const MOST_LINES = 14;

async function open() {
  const hub = await hubs.open();
  const { workspace, rep, marketer, lena, campaign, now } = hub;
  const send = async (user: User, method: 'POST' | 'PUT', path: string, body: object) => {
    const answer = await (await hub.as(user))(method, path, body);
    expect(answer.status, answer.text).toBeLessThan(300);
  };
  const give = async (rest: object) => {
    const id = uuid();
    const lead = { about: { kind: 'lead', personId: lena.id }, verdict: 'returned', reasons: ['no-budget'] };
    await send(rep, 'POST', '/v1/feedback', { id, clientTime: now(), ...lead, ...rest });
    return id;
  };
  const say = (user: User, feedbackId: string, text: string, kind?: 'question') =>
    send(user, 'POST', `/v1/feedback/${feedbackId}/replies`, { id: uuid(), text, ...(kind && { kind }) });
  const aboutCampaign = { about: { kind: 'campaign', campaignId: campaign.id }, reasons: [] };
  const later = (days: number) => new Date(Date.parse(now()) + days * DAY).toISOString();
  const ask = async (title: string) => {
    const id = uuid();
    const details = 'To all logistics leads';
    const times = { goesOutAt: later(10), opinionsUntil: later(7) };
    await send(marketer, 'POST', '/v1/plans', { id, title, details, ...times });
    return id;
  };
  const given = async () => ({
    db: hubs.db,
    workspaceId: workspace.id,
    agreement: await readAgreement(hubs.db, workspace.id),
    now: new Date(now()),
  });
  const mail = async (user: User, language: Language | null = null) => {
    const lines = await writeDigest({ ...(await given()), reader: { ...user, language } });
    return mailText(lines);
  };
  const week = async (team: Team, language: Language) => {
    const { db, workspaceId, agreement, now: at } = await given();
    const read = await readTeamWeek(db, workspaceId, { team, agreement, now: at });
    return teamLines(read, { language, agreement });
  };
  const handOver = async () => {
    for (const to of ['lead', 'mql']) {
      const { rows: moved } = await sql<{ eventId: string }>`
        select p.stage_event_id as "eventId" from people p where p.id = ${lena.id}`.execute(hubs.db);
      const move = { personId: lena.id, to, basedOn: moved[0]?.eventId, clientTime: now() };
      await send(marketer, 'POST', '/v1/stage-changes', { id: uuid(), ...move });
    }
  };
  return { ...hub, send, give, say, ask, handOver, aboutCampaign, mail, week };
}

test('a rep reads what waits for them: marketing’s questions and plans, until they have said something', async () => {
  const { rep, otherRep, marketer, give, say, ask, mail, send } = await open();
  expect(await mail(rep)).toBe('');
  const asked = await give({});
  await say(marketer, asked, 'Which budget year is it?', 'question');
  const plan = await ask('Mailing on the new ramp');

  const text = await mail(rep);
  expect(text).toContain('Marketing asks you back (1):\n- Lena Vogt: Which budget year is it?');
  expect(text).toContain(
    'Plans that ask for your opinion (1):\n- Mailing on the new ramp (until November 27, 2026)',
  );
  expect(text).not.toContain('has answered you');
  expect(text).toContain('More in Tandem: in the panel beside each lead');
  expect(await mail(rep, 'de')).toContain(
    'Pläne, zu denen Ihre Meinung gefragt ist (1):\n- Mailing on the new ramp (bis 27. November 2026)',
  );
  expect(await mail(rep, 'de')).toContain('Rückfragen des Marketings an Sie (1):\n- Lena Vogt: Which budget');
  // Somebody else's question is none of theirs, the plan is.
  expect(await mail(otherRep)).not.toContain('Which budget');
  expect(await mail(otherRep)).toContain('Mailing on the new ramp');

  await say(rep, asked, 'Next year’s.');
  await send(rep, 'PUT', `/v1/plans/${plan}/opinion`, { opinion: 'doubts' });
  expect(await mail(rep)).toBe('');
  const forMarketing = await mail(marketer);
  expect(forMarketing).toContain('Sales has answered your questions (1):\n- Lena Vogt: Next year’s.');
  expect(forMarketing).toContain(
    'What sales says of plans you have to decide on (1):\n- Mailing on the new ramp: 1 with doubts',
  );
  expect(await mail(marketer, 'de')).toContain(':\n- Mailing on the new ramp: 1 mit Bedenken');
});

test('a marketer reads praise first, then what waits', async () => {
  const { marketer, give, mail, aboutCampaign, campaign, rep, pass } = await open();
  expect(await mail(marketer)).toBe('');
  await give({});
  await give({ ...aboutCampaign, verdict: 'praise' });
  await give({ ...aboutCampaign, verdict: 'praise', comment: 'They all\nspoke of it.\n- Ours' });
  const text = await mail(marketer);
  expect(text).toMatch(/^Praise this week \(2\):\n/);
  expect(text).toContain(
    `- ${campaign.name}: “They all spoke of it. - Ours” (${rep.name})\n- ${campaign.name}: ${rep.name}\n`,
  );
  expect(text).toContain('Feedback from sales that waits for an answer: 2\n');
  expect(text).toMatch(/By reason: .+ \(1\)\n/);
  const german = await mail(marketer, 'de');
  expect(german).toMatch(/^Lob dieser Woche \(2\):\n/);
  expect(german).toContain(`„They all spoke of it. - Ours“ (${rep.name})`);
  pass(8 * DAY);
  expect(await mail(marketer)).not.toContain('Praise');
  expect(await mail(marketer)).toContain('Of that, longer than marketing has promised: 2');
});

test('a manager reads the agreed figures with their targets, and a rate only on enough cases', async () => {
  const {
    workspace,
    hub,
    salesManager,
    marketingManager,
    admin,
    marketer,
    give,
    handOver,
    mail,
    aboutCampaign,
    ...rest
  } = await open();
  await handOver();
  await give({ verdict: 'returned' });
  for (let index = 0; index < 3; index++) await give({ ...aboutCampaign, verdict: 'praise' });
  rest.pass(60_000);
  await runJobs(hub);
  expect(await mail(salesManager)).toContain(
    'Leads accepted by sales since October 1, 2026: 0 of 1; no rate on fewer than the agreed 5 cases',
  );
  await sql`
    update figure_counts k set n = k.n * 6 where k.workspace_id = ${workspace.id}`.execute(hubs.db);
  const english = await mail(salesManager);
  expect(english).toContain('accepted by sales since October 1, 2026: 0% (0 of 6); agreed: at least 70%\n');
  expect(english).toMatch(/Leads returned this week most often because of: .+ \(1\)\n/);
  expect(english).toMatch(/Best received campaign this week: .+ \(good words: 3, bad ones: \d\)/);
  expect(english).not.toContain('signature');
  expect(await mail(admin, 'de')).toMatch(
    /Seit dem 1\. Oktober 2026 vom Vertrieb angenommene Leads: 0\s%\s\(0 von 6\); vereinbart: mindestens 70\s%\n/,
  );

  const asMarketer = await rest.as(marketer);
  const { json } = await asMarketer('GET', '/v1/agreement/versions/1/text?format=json');
  const changed = (json as { text: string }).text.replace('"longestPauseDays": 14', '"longestPauseDays": 3');
  const proposal = { basedOn: 1, text: changed, format: 'json' };
  await rest.send(marketer, 'PUT', '/v1/agreement', proposal);
  const line = 'Changes of the agreement that wait for your signature: version 2 by Mia Market';
  expect(await mail(salesManager)).toContain(line);
  expect(await mail(salesManager, 'de')).toContain('warten: Fassung 2 von Mia Market');
  // Marketing has signed by proposing, and administrators do not sign.
  expect(await mail(marketingManager)).not.toContain('signature');
  expect(await mail(admin)).not.toContain('signature');
  await rest.send(salesManager, 'POST', '/v1/agreement/versions/2/signatures', {});
  expect(await mail(salesManager)).not.toContain('signature');
});

test('no mail is long, whatever happened', async () => {
  const { rep, marketer, salesManager, otherRep, give, say, ask, mail, aboutCampaign, send, hub, pass } =
    await open();
  for (let index = 0; index < 6; index++) {
    await give({ ...aboutCampaign, verdict: 'praise', comment: 'Good '.repeat(90) });
    await say(marketer, await give({ ...aboutCampaign, verdict: 'suggestion' }), 'How?', 'question');
    await say(marketer, await give({ ...aboutCampaign, verdict: 'suggestion' }), 'We will.');
    const replied = await give({ ...aboutCampaign, verdict: 'suggestion' });
    await say(marketer, replied, 'How so?', 'question');
    await say(rep, replied, 'So.');
    const plan = await ask(`Plan ${index}`);
    await send(otherRep, 'PUT', `/v1/plans/${plan}/opinion`, { opinion: 'please-not' });
  }
  await give({});
  pass(3 * DAY);
  await runJobs(hub);
  for (const user of [rep, marketer, salesManager]) {
    const lines = (await mail(user)).split('\n').filter((line) => line.startsWith('-') || line.includes(':'));
    expect(lines.length, user.role).toBeGreaterThan(5);
    expect(lines.length, user.role).toBeLessThanOrEqual(MOST_LINES);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(300);
  }
});

test('a team’s week names no lead, in both languages, and is empty when there is nothing', async () => {
  const { give, say, ask, week, marketer, aboutCampaign, campaign, hub } = await open();
  expect(await week('sales', 'en')).toEqual([]);
  expect(await week('marketing', 'de')).toEqual([]);
  await say(marketer, await give({}), 'Which budget year is it?', 'question');
  await give({ ...aboutCampaign, verdict: 'praise', comment: 'Well made.' });
  await ask('Mailing on the new ramp');
  await runJobs(hub);
  const sales = await week('sales', 'en');
  expect(sales).toContainEqual({ label: 'Marketing’s questions that wait for sales', value: '1' });
  expect(sales).toContainEqual({
    label: 'Plans that ask for sales’ opinion (1)',
    items: ['Mailing on the new ramp (until November 27, 2026)'],
  });
  const marketing = await week('marketing', 'de');
  expect(marketing[0]).toEqual({
    label: 'Lob dieser Woche (1)',
    items: [`${campaign.name}: „Well made.“ (Rita Rep)`],
  });
  expect(JSON.stringify([sales, marketing])).not.toMatch(/Lena|Vogt|hafenlogistik/i);
});
