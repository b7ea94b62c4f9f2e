import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { insertSource, updateSource } from '../../server/connectors/source-store.ts';
import { transact } from '../../server/store/transact.ts';
import { writeBackDue } from '../../server/write-backs/write-back-due.ts';
import { Feedback, type WrittenTo } from '../../utils/contract/feedback.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import { createNotebook } from './support/notebook.ts';
import { useTestHub } from './support/test-hub.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** Until then the author may take it back. */
const SETTLED = 15 * SECOND;

const hubs = useTestHub();

/** A hub with a source that takes notes, and a lead it knows. */
async function open() {
  let clock = () => new Date();
  const notebook = createNotebook({ now: () => clock() });
  const opened = await hubs.open({ sources: notebook.sources() });
  const { hub, workspace, rep, lena, pass, now } = opened;
  clock = hub.clock;
  const workspaceId = workspace.id;
  const run = <T>(work: Parameters<typeof transact<T>>[3]) =>
    transact(hub.databaseOf(workspaceId), workspaceId, hub.clock(), work);
  await run((tx) =>
    insertSource(
      tx,
      workspaceId,
      {
        ...{ system: 'notebook', label: 'Notebook', settings: { account: 'kontor' }, enabled: true },
        ...{ sealedSecrets: null, sealedToken: null, sealedWebhookSecret: null },
      },
      hub.clock(),
    ),
  );
  const addRecord = (id: string, tenant = 'kontor', personId = lena.id) =>
    sql`
      insert into person_external_ids (workspace_id, system, tenant, type, id, person_id, named_by, position)
      values (${workspaceId}, 'notebook', ${tenant}, 'contact', ${id}, ${personId}, ${personId}, 5)`.execute(
      hubs.db,
    );
  const call = await opened.as(rep);
  const patch = async (id: string, body: object) => {
    const answer = await call('PATCH', `/v1/feedback/${id}`, body);
    expect(answer.status, answer.text).toBe(200);
  };
  return {
    ...opened,
    notebook,
    workspaceId,
    call,
    run,
    addRecord,
    give: async (rest: object = {}) => {
      const id = uuid();
      const about = { kind: 'lead', personId: lena.id };
      const body = { id, about, verdict: 'returned', reasons: ['no-budget'], clientTime: now(), ...rest };
      const answer = await call('POST', '/v1/feedback', body);
      expect(answer.status, answer.text).toBe(200);
      return id;
    },
    refine: (id: string, body: object) => patch(id, body),
    withdraw: (id: string, clientTime = now()) => patch(id, { state: 'withdrawn', clientTime }),
    writtenTo: async (id: string): Promise<WrittenTo[] | undefined> =>
      Feedback.parse((await call('GET', `/v1/feedback/${id}`)).json).writtenTo,
    /** Of whom it is kept what became of this feedback. */
    peopleOf: async (feedbackId: string) => {
      const { rows } = await sql<{ personId: string }>`
        select w.person_id as "personId" from write_backs w
        where w.workspace_id = ${workspaceId} and w.feedback_id = ${feedbackId}`.execute(hubs.db);
      return rows.map(({ personId }) => personId);
    },
    write: () => writeBackDue(hub),
    /** As soon as it cannot be taken back any more. */
    settle: async () => {
      pass(SETTLED);
      await writeBackDue(hub);
    },
    enable: (fields: { enabled?: boolean; writesFeedback?: boolean }) =>
      run((tx) => updateSource(tx, workspaceId, 'notebook', fields, { now: hub.clock() })),
  };
}

test('a verdict is written once it cannot be taken back, and shows where it is', async () => {
  const { give, write, settle, notebook, addRecord, writtenTo, call, now, pass } = await open();
  await addRecord('n-1');
  const id = await give({ comment: 'Not <this> year' });
  expect(await writtenTo(id)).toEqual([{ system: 'notebook', state: 'waiting' }]);
  pass(SETTLED - 1);
  await write();
  expect(notebook.requests).toEqual([]);
  pass(1);
  await write();
  expect(notebook.notes).toEqual([
    {
      id: '1',
      key: id,
      record: { type: 'contact', id: 'n-1' },
      text: [
        'Tandem: Sales returned a lead',
        'Reason: No budget',
        'Comment: Not <this> year',
        'By: Rita Rep',
        'Nov 20, 2026, 10:00 AM',
      ].join('\n'),
      withdrawn: false,
    },
  ]);
  expect(await writtenTo(id)).toEqual([{ system: 'notebook', state: 'written', at: now() }]);
  const asked = await call('POST', '/v1/context', {
    queries: [{ email: 'lena.vogt@hafenlogistik.example' }],
  });
  const [context] = ContextResponse.parse(asked.json).contexts;
  expect(context?.feedback[0]?.writtenTo).toEqual([{ system: 'notebook', state: 'written', at: now() }]);
  await settle();
  expect(notebook.requests).toEqual(['GET /notes', 'POST /notes']);
});

test('the note is in the language that most have chosen', async () => {
  const { give, settle, notebook, addRecord, workspaceId } = await open();
  await addRecord('n-1');
  await sql`
    update users u set language = 'de' where u.workspace_id = ${workspaceId} and u.role <> 'admin'`.execute(
    hubs.db,
  );
  await give();
  await settle();
  const lines = ['Tandem: Der Vertrieb hat einen Lead zurückgegeben', 'Grund: Kein Budget', 'Von: Rita Rep'];
  expect(notebook.notes[0]?.text).toBe([...lines, '20.11.2026, 10:00'].join('\n'));
});

test('what is refined later is written anew, in the same place', async () => {
  const { give, refine, settle, notebook, addRecord, writtenTo } = await open();
  await addRecord('n-1');
  const id = await give();
  await settle();
  await refine(id, { reasons: ['no-need'], comment: 'They have one' });
  expect(await writtenTo(id)).toMatchObject([{ state: 'waiting' }]);
  await settle();
  expect(notebook.notes).toHaveLength(1);
  expect(notebook.notes[0]?.text).toContain('Comment: They have one');
  expect(await writtenTo(id)).toMatchObject([{ state: 'written' }]);
});

test('what is taken back in time is never written; what was written is told to be taken back', async () => {
  const { give, withdraw, settle, notebook, addRecord, writtenTo, pass, write } = await open();
  await addRecord('n-1');
  const early = await give();
  pass(5 * SECOND);
  await withdraw(early);
  await settle();
  expect(notebook.requests).toEqual([]);
  expect(await writtenTo(early)).toBeUndefined();

  // It came late from a browser that was offline; the undo was clicked in time and comes later still.
  const clientTime = '2026-11-20T08:00:00.000Z';
  const late = await give({ clientTime, verdict: 'accepted', reasons: [] });
  await settle();
  expect(notebook.notes).toMatchObject([{ key: late, withdrawn: false }]);
  await withdraw(late, clientTime);
  pass(SETTLED);
  await write();
  expect(notebook.notes).toMatchObject([{ key: late, withdrawn: true }]);
  expect(notebook.notes[0]?.text).toContain('taken this back');
});

test('nothing is written of other feedback, of leads the system does not know, or to a system that is off', async () => {
  const { give, settle, notebook, addRecord, writtenTo, campaign, lena, enable } = await open();
  const unknown = await give();
  await addRecord('n-1');
  await give({
    about: { kind: 'campaign', campaignId: campaign.id, personId: lena.id },
    ...{ verdict: 'praise', reasons: [] },
  });
  await settle();
  expect(await writtenTo(unknown)).toBeUndefined();
  await enable({ writesFeedback: false });
  expect(await writtenTo(await give())).toBeUndefined();
  await enable({ writesFeedback: true });
  await enable({ enabled: false });
  expect(await writtenTo(await give())).toBeUndefined();
  await settle();
  expect(notebook.requests).toEqual([]);
});

test('what waits while its source is off is written when it is on again', async () => {
  const { give, settle, notebook, addRecord, enable } = await open();
  await addRecord('n-1');
  await give();
  await enable({ enabled: false });
  await settle();
  expect(notebook.requests).toEqual([]);
  await enable({ enabled: true });
  await settle();
  expect(notebook.notes).toHaveLength(1);
});

test('only records of the installation count that the hub is connected to', async () => {
  const { give, settle, notebook, addRecord, writtenTo } = await open();
  await addRecord('foreign', 'other');
  const id = await give();
  await settle();
  expect(notebook.requests).toEqual([]);
  expect(await writtenTo(id)).toBeUndefined();
  await addRecord('n-1');
  await give({ verdict: 'accepted', reasons: [] });
  await settle();
  expect(notebook.notes).toMatchObject([{ record: { id: 'n-1' } }]);
});

test('a lost answer makes no second note', async () => {
  const { give, settle, notebook, addRecord, writtenTo, pass, write } = await open();
  await addRecord('n-1');
  notebook.told.loseAnswers = true;
  const id = await give();
  await settle();
  const [lost] = (await writtenTo(id)) ?? [];
  expect(lost).toMatchObject({ state: 'waiting' });
  expect(lost?.problem?.en).toContain('error of its own');
  notebook.told.loseAnswers = false;
  pass(MINUTE);
  await write();
  expect(notebook.notes).toHaveLength(1);
  expect(await writtenTo(id)).toMatchObject([{ state: 'written' }]);
});

test('a failure is tried again for three days and then given up; a change starts anew', async () => {
  const { give, settle, refine, notebook, addRecord, writtenTo, pass, write } = await open();
  await addRecord('n-1');
  notebook.told.refuse = () => new Response(null, { status: 401 });
  const id = await give();
  await settle();
  for (let turn = 0; turn < 9; turn++) {
    expect(await writtenTo(id)).toMatchObject([{ state: 'waiting', problem: {} }]);
    pass(DAY);
    await write();
  }
  expect(await writtenTo(id)).toMatchObject([{ state: 'dead' }]);
  expect(notebook.requests).toHaveLength(10);
  pass(DAY);
  await write();
  expect(notebook.requests).toHaveLength(10);
  notebook.told.refuse = null;
  await refine(id, { comment: 'Again' });
  await settle();
  expect(await writtenTo(id)).toMatchObject([{ state: 'written' }]);
});

test('what the system turns down for good is given up at once, and holds up no other', async () => {
  const { give, settle, notebook, addRecord, writtenTo } = await open();
  await addRecord('n-1');
  let first = true;
  notebook.told.refuse = () => {
    if (!first) notebook.told.refuse = null;
    first = false;
    return Response.json({ message: 'archived' }, { status: 400 });
  };
  const ids = [await give(), await give({ verdict: 'accepted', reasons: [] }), await give()];
  await settle();
  const states = await Promise.all(ids.map(async (id) => (await writtenTo(id))?.[0]?.state));
  expect(states.toSorted()).toEqual(['dead', 'dead', 'written']);
});

test('waits as long as the system asks', async () => {
  const { give, settle, notebook, addRecord, writtenTo, pass, write } = await open();
  await addRecord('n-1');
  notebook.told.refuse = () => new Response(null, { status: 429, headers: { 'retry-after': '7200' } });
  const id = await give();
  await settle();
  notebook.told.refuse = null;
  const sent = notebook.requests.length;
  pass(7_199 * SECOND);
  await write();
  expect(notebook.requests).toHaveLength(sent);
  pass(2 * SECOND);
  await write();
  expect(await writtenTo(id)).toMatchObject([{ state: 'written' }]);
});

test('a hub that dies leaves it to the next one; what comes of the first is not taken for the last word', async () => {
  const { give, refine, notebook, addRecord, writtenTo, pass, write } = await open();
  await addRecord('n-1');
  const gate = Promise.withResolvers<void>();
  notebook.told.hold = gate.promise;
  const id = await give();
  pass(SETTLED);
  const first = write();
  await expect.poll(() => notebook.requests.length).toBe(1);
  // Under way: another hub leaves it alone, even when it is changed meanwhile.
  await refine(id, { comment: 'Second thoughts' });
  pass(SETTLED);
  await write();
  expect(notebook.requests).toHaveLength(1);
  gate.resolve();
  await first;
  expect(notebook.requests).toEqual(['GET /notes', 'POST /notes', 'GET /notes', 'PUT /notes/1']);
  expect(notebook.notes[0]?.text).toContain('Second thoughts');
  expect(await writtenTo(id)).toMatchObject([{ state: 'written' }]);

  // Nobody settled this one: its lease ends.
  const other = await give({ verdict: 'accepted', reasons: [] });
  pass(SETTLED);
  await sql`
    update write_backs w set lease = ${uuid()}, tried = true, attempts = 1,
      lease_until = w.due_at + interval '2 minutes'
    where w.feedback_id = ${other}`.execute(hubs.db);
  await write();
  expect(await writtenTo(other)).toMatchObject([{ state: 'waiting' }]);
  pass(2 * MINUTE);
  await write();
  expect(await writtenTo(other)).toMatchObject([{ state: 'written' }]);
});

test('a bug in a connector is logged without anything personal, and tried again', async () => {
  const { give, settle, notebook, addRecord, writtenTo, log } = await open();
  await addRecord('n-1');
  notebook.told.bug = new TypeError('of lena.vogt@hafenlogistik.example');
  const id = await give();
  await settle();
  expect(await writtenTo(id)).toMatchObject([{ state: 'waiting' }]);
  expect(log.join('')).toContain('feedback not written back');
  expect(log.join('')).not.toContain('hafenlogistik');
});

test('whoever is merged takes it along', async () => {
  const { give, settle, addRecord, omar, lena, as, marketer, peopleOf } = await open();
  await addRecord('n-1');
  const id = await give();
  await settle();
  const merged = await (await as(marketer))('POST', `/v1/people/${omar.id}/merges`, { otherId: lena.id });
  expect(merged.status, merged.text).toBe(200);
  expect(await peopleOf(id)).toEqual([omar.id]);
});

test('of whoever is erased nothing of it stays here; the note stays where it is', async () => {
  const { give, settle, notebook, addRecord, lena, as, admin, peopleOf } = await open();
  await addRecord('n-1');
  const id = await give();
  await settle();
  const erased = await (await as(admin))('DELETE', `/v1/people/${lena.id}`);
  expect(erased.status, erased.text).toBe(204);
  expect(await peopleOf(id)).toEqual([]);
  expect(notebook.notes).toHaveLength(1);
});
