import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { sampleBackground } from '../../components/sample/sample-background.ts';
import type { LeadVerdict } from '../../utils/contract/feedback.ts';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type {
  MessageName,
  Notice,
  PanelSession,
  RequestOf,
  ResponseOf,
} from '../../utils/extension/messages.ts';
import { textsIn } from '../support/texts.ts';

const texts = { en: await textsIn('en'), de: await textsIn('de') };

function open(language: 'en' | 'de') {
  fakeBrowser.i18n.getMessage = (name) => texts[language](name);
  const notices: Notice[] = [];
  const answer = sampleBackground((notice) => notices.push(notice));
  const ask = <K extends MessageName>(name: K, request?: RequestOf<K>) =>
    answer(name, request) as ResponseOf<K>;
  const context = (): LeadContext => {
    const found = ask('context.get', { key: 'sample' });
    if (!found.ok) throw new Error(found.error.kind);
    return found.value.context;
  };
  return { ask, context, notices };
}

const ID = '019a1000-0005-7000-8000-0000000000ff';
const click = (personId: string, verdict: LeadVerdict, reasons: string[] = []) => ({
  id: ID,
  feedbackId: ID,
  personId,
  write: {
    kind: 'create' as const,
    body: {
      id: ID,
      about: { kind: 'lead' as const, personId },
      verdict,
      reasons,
      clientTime: new Date().toISOString(),
    },
  },
});
const change = (personId: string, body: { reasons?: string[]; state?: 'withdrawn' }) => ({
  id: crypto.randomUUID(),
  feedbackId: ID,
  personId,
  write: { kind: 'patch' as const, body: { ...body, clientTime: new Date().toISOString() } },
});

describe.each(['en', 'de'] as const)('the sample in %s', (language) => {
  let sample: ReturnType<typeof open>;
  beforeEach(() => {
    sample = open(language);
  });

  // Every answer is parsed by the table of messages on its way out: none that breaks the contract gets here.
  it('is a lead that meets what the agreement asks of an MQL, at an address that belongs to nobody', () => {
    const { person, stage, qualification, touchpoints } = sample.context();
    expect(person.emails).toEqual(['jonas.petersen@example.com']);
    expect(stage.stage).toBe('mql');
    expect(qualification.current.result?.state).toBe('met');
    expect(qualification.fit.score).toBe(1);
    expect(qualification.engagement.excluded).toEqual([{ reason: 'too-fast', count: 1 }]);
    for (const { title } of touchpoints) expect(title).not.toBe('');
  });

  it('moves with a verdict, and back with its undo', () => {
    const { id } = sample.context().person;
    sample.ask('outbox.add', click(id, 'accepted'));
    expect(sample.notices).toContainEqual({ notice: 'context.changed', personId: id });
    expect(sample.context().stage.stage).toBe('sal');
    expect(sample.context().feedback[0]).toMatchObject({ id: ID, verdict: 'accepted', state: 'new' });
    // What is missing now is what sales learns in talks.
    expect(sample.context().qualification.next?.stage).toBe('sql');
    sample.ask('outbox.add', change(id, { state: 'withdrawn' }));
    expect(sample.context().stage.stage).toBe('mql');
    expect(sample.context().feedback[0]?.state).toBe('withdrawn');
  });

  it('goes back to marketing, or out, by the reason', () => {
    const { id } = sample.context().person;
    sample.ask('outbox.add', click(id, 'returned', ['not-ready']));
    expect(sample.context()).toMatchObject({ stage: { stage: 'recycled' }, handOver: undefined });
    sample.ask('outbox.add', change(id, { reasons: ['no-fit'] }));
    expect(sample.context().stage.stage).toBe('disqualified');
    sample.ask('outbox.add', change(id, { state: 'withdrawn' }));
    expect(sample.context().handOver).toBeDefined();
  });

  it('takes everything else the panel can do with a lead', () => {
    const { person, plannedTouches } = sample.context();
    const write = (one: RequestOf<'outbox.add'>['write'], feedbackId?: string) =>
      sample.ask('outbox.add', {
        id: crypto.randomUUID(),
        personId: person.id,
        write: one,
        ...(feedbackId && { feedbackId }),
      });
    const body = { id: ID, reasons: [], clientTime: new Date().toISOString() };
    const about = {
      kind: 'planned-touch',
      plannedTouchId: plannedTouches[0]!.id,
      personId: person.id,
    } as const;
    write({ kind: 'create', body: { ...body, about, verdict: 'hold' } }, ID);
    expect(sample.context().feedback[0]).toMatchObject({ plannedTouchTitle: plannedTouches[0]!.title });
    expect(sample.context().stage.stage).toBe('mql');
    const at = new Date().toISOString();
    const followUp = { id: ID, person: { id: person.id }, at, seen: 'click', direction: 'outbound' } as const;
    write({ kind: 'follow-up', body: followUp });
    expect(sample.context().handOver?.outcome).toBe('followed-up');
  });
});

it('forgets everything with its page', () => {
  const before = open('en');
  before.ask('outbox.add', click(before.context().person.id, 'accepted'));
  expect(open('en').context().stage.stage).toBe('mql');
});

it('folds and unfolds, and answers nothing about anybody else', () => {
  const { ask } = open('en');
  ask('panel.dock', { collapsed: true });
  expect((ask('panel.session', {}) as PanelSession).dock.collapsed).toBe(true);
  expect(() => ask('hub.fetch', { method: 'GET', path: '/v1/people' })).toThrow(/does not answer hub.fetch/u);
});
