import { stringify } from 'yaml';
import type { Agreement, AgreementDocument, AgreementVersion } from '../../utils/contract/agreement.ts';
import type { AgreementPreview } from '../../utils/contract/agreement-preview.ts';
import type { Problem } from '../../utils/contract/problem.ts';
import type { Me } from '../../utils/contract/session.ts';
import { Stage } from '../../utils/contract/stage.ts';
import { writeDraft } from '../../utils/queries/agreement-draft.ts';
import type { RequestOf, ResponseOf } from '../../utils/extension/messages.ts';
import { agreement, fixtureId, marketer, rep } from '../fixtures/lead-context.ts';
import type { World } from './fake-background.ts';
import { ago, hubUrl, world } from './world.ts';

type Answer = ResponseOf<'hub.fetch'>;
const ok = (body: unknown): Answer => ({ ok: true, value: { status: 200, body } });

const henrik: Me = {
  ...rep,
  user: { ...rep.user, id: fixtureId(1, 7), name: 'Henrik Sommer', role: 'manager', team: 'sales' },
};
const proposer = { id: marketer.user.id, name: marketer.user.name, team: 'marketing' as const };
const signedByMarketing = [{ team: 'marketing' as const, by: proposer, at: ago(86_400_000) }];

const shipped: AgreementVersion = {
  version: 1,
  state: 'superseded',
  basedOn: null,
  proposedBy: null,
  proposedAt: '2026-03-02T08:00:00.000Z',
  signatures: [],
  inForceSince: '2026-03-02T08:00:00.000Z',
  inForceUntil: agreement.inForceSince,
};
const rejected: AgreementVersion = {
  version: 2,
  state: 'rejected',
  basedOn: 1,
  proposedBy: proposer,
  proposedAt: '2026-08-20T10:00:00.000Z',
  comment: 'Two hours for everything.',
  signatures: [],
  rejected: {
    by: { id: henrik.user.id, name: henrik.user.name },
    at: '2026-08-21T10:00:00.000Z',
    comment: 'We cannot promise that on trade-fair days.',
  },
};
const inForce: AgreementVersion = {
  version: 3,
  state: 'in-force',
  basedOn: 1,
  proposedBy: proposer,
  proposedAt: '2026-08-28T09:12:00.000Z',
  signatures: agreement.signatures,
  inForceSince: agreement.inForceSince,
};
const proposal: AgreementVersion = {
  version: 4,
  state: 'proposal',
  basedOn: 3,
  proposedBy: proposer,
  proposedAt: ago(86_400_000),
  comment: 'Requests to talk are answered faster, and “no budget” comes back to us.',
  signatures: signedByMarketing,
};

function documentOf(source: Agreement): AgreementDocument {
  const document: Partial<Agreement> = structuredClone(source);
  delete document.version;
  delete document.inForceSince;
  delete document.signatures;
  return document as AgreementDocument;
}

/** What version 4 proposes. */
function changed(): AgreementDocument {
  const document = structuredClone(documentOf(agreement));
  const [first] = document.sla.rules;
  if (first) first.respondWithin = 120;
  const mql = document.stages.find(({ stage }) => stage === 'mql');
  if (mql)
    mql.definition = {
      en: 'Has asked for something only sales can answer.',
      de: 'Hat etwas gefragt, das nur der Vertrieb beantworten kann.',
    };
  const [reason] = document.reasons;
  if (reason)
    document.reasons.push({
      ...reason,
      id: 'bought-elsewhere',
      label: { en: 'Bought elsewhere', de: 'Woanders gekauft' },
    });
  return document;
}

/** What the hub says a change would have meant. */
const preview: AgreementPreview = {
  from: '2026-10-01T00:00:00.000Z',
  to: '2026-11-01T00:00:00.000Z',
  leads: 412,
  cut: false,
  stages: Stage.options.map((stage) => {
    const counts = { lead: [301, 301], mql: [52, 37], sql: [18, 18] } as Partial<
      Record<Stage, [number, number]>
    >;
    const [present = null, proposed = null] = counts[stage] ?? [];
    return { stage, present, proposed };
  }),
  examples: ['Jonas Petersen', 'Sofia Lindqvist', 'Anna-Katharina von Hohenstein-Wittenberg'].map(
    (name, index) => ({ personId: fixtureId(2, index + 1), name, stage: 'mql', meets: index === 2 }),
  ),
};

/** A draft as somebody left it: a new reason whose German is missing, and less time for a rule. */
export function keepDraft(): void {
  const document = documentOf(agreement);
  const [rule] = document.sla.rules;
  if (rule) rule.respondWithin = 90;
  const reason = {
    ...document.reasons[0]!,
    id: 'moved',
    label: { en: 'Has moved on', de: 'Ist gewechselt' },
  };
  document.reasons.push(reason);
  const owner = `${marketer.workspace.id}:${marketer.user.id}`;
  writeDraft(owner, { basedOn: 3, document, comment: '' });
}

interface Shown {
  me?: Me;
  agreement?: Agreement;
  versions?: AgreementVersion[];
  /** What the hub says to every proposal. */
  refusal?: Problem;
}

function showing({ me = marketer, agreement: shown = agreement, versions, refusal }: Shown = {}): World {
  const all = versions ?? [inForce, rejected, shipped];
  const hub = ({ method, path, body }: RequestOf<'hub.fetch'>): Answer | undefined => {
    const { pathname, searchParams } = new URL(path, hubUrl);
    const [, , area, , number, what] = pathname.split('/');
    if (area !== 'agreement') return undefined;
    const row = all.find(({ version }) => version === Number(number));
    if (pathname.endsWith('/preview')) return ok(preview);
    if (method === 'PUT') {
      if (refusal) return { ok: true, value: { status: refusal.status, body: refusal } };
      const { comment } = body as { comment?: string };
      all.unshift({ ...proposal, version: all.length + 1, proposedBy: me.user, ...(comment && { comment }) });
      return ok(all[0]);
    }
    if (what === 'signatures' && row) {
      row.signatures = [...row.signatures, { team: me.user.team, by: me.user, at: ago(0) }];
      for (const other of all) if (other.state === 'in-force') other.state = 'superseded';
      return ok(Object.assign(row, { state: 'in-force', inForceSince: ago(0) }));
    }
    if (what === 'rejection' && row) {
      return ok(Object.assign(row, { state: 'rejected', rejected: { by: me.user, at: ago(0) } }));
    }
    if (what === 'text') {
      const document = Number(number) === 4 ? changed() : documentOf(shown);
      const isJson = searchParams.get('format') === 'json';
      return ok({ text: isJson ? JSON.stringify(document) : stringify(document) });
    }
    return pathname.endsWith('/versions')
      ? ok({ versions: all })
      : ok({ ...shown, version: versionInForce(all) });
  };
  return world({ connection: { hubUrl, me }, hub });
}

const versionInForce = (all: readonly AgreementVersion[]) =>
  all.find(({ state }) => state === 'in-force')?.version ?? 3;

/** The agreement page. */
export const agreementStates = {
  agreement: () => showing(),
  'agreement-shipped': () =>
    showing({
      agreement: { ...agreement, version: 1, signatures: [] },
      versions: [{ ...shipped, state: 'in-force' }],
    }),
  'agreement-expired': () => showing({ agreement: { ...agreement, validUntil: ago(86_400_000 * 3) } }),
  'agreement-as-rep': () => showing({ me: rep, versions: [proposal, inForce] }),
  'agreement-to-sign': () =>
    showing({ me: henrik, versions: [{ ...proposal }, { ...inForce }, rejected, shipped] }),
  'agreement-our-own': () => showing({ versions: [{ ...proposal }, inForce, rejected, shipped] }),
  'agreement-outdated': () =>
    showing({ me: henrik, versions: [{ ...proposal, basedOn: 1 }, inForce, rejected, shipped] }),
  'agreement-refused': () =>
    showing({
      refusal: {
        type: 'urn:tandem:problem:invalid',
        title: 'The agreement cannot be taken like this.',
        status: 400,
        errors: [
          {
            pointer: '/stages/2/criteria/of/0/kinds/1',
            detail: 'line 41: is not one of the kinds of touchpoints',
          },
          { pointer: '/sla/rules/0/calendar', detail: 'line 212: there is no calendar “berlin”' },
        ],
      },
    }),
  'agreement-draft': () => showing(),
  'agreement-ending': () => showing({ agreement: { ...agreement, validUntil: ago(-86_400_000 * 12) } }),
  'agreement-error': () =>
    world({ connection: { hubUrl, me: marketer }, hub: () => ({ ok: false, error: { kind: 'offline' } }) }),
} satisfies Record<string, () => World>;
