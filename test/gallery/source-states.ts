import type {
  MappingPreview,
  NewSource,
  Source,
  SourceCheck,
  SourcePatch,
  SourceStatuses,
  StatusMappings,
} from '../../utils/contract/source.ts';
import type { RequestOf, ResponseOf } from '../../utils/extension/messages.ts';
import { fixtureId, rep } from '../fixtures/lead-context.ts';
import type { World } from './fake-background.ts';
import { allSources, connectors, odooSource, source } from './source-systems.ts';
import { hubUrl, world } from './world.ts';

type Answer = ResponseOf<'hub.fetch'>;
const answer = (body: unknown, status = 200): Answer => ({ ok: true, value: { status, body } });

const check: SourceCheck = {
  findings: [
    { ok: true, words: { en: 'Leads and contacts can be read.', de: 'Leads und Kontakte sind lesbar.' } },
    {
      ok: false,
      words: {
        en: 'Mailings cannot be read: the key’s user lacks the right “Email Marketing: User”.',
        de: 'Mailings sind nicht lesbar: dem Benutzer des Schlüssels fehlt das Recht „E-Mail-Marketing: Benutzer“.',
      },
    },
  ],
};
const wrongAddress = {
  type: 'urn:tandem:problem:invalid',
  title: 'Invalid',
  status: 400,
  detail: 'Some settings are wrong; see errors.',
  errors: [{ pointer: '/settings/url', detail: 'Invalid URL' }],
};

/** An administrator's settings, with a hub that keeps sources. */
function sources(list: Source[], { refuses = false } = {}): World {
  let statuses: SourceStatuses['statuses'] = [
    { value: 'New', stage: 'lead', people: 8_120 },
    { value: 'Qualified', stage: 'mql', people: 2_044 },
    { value: 'Proposition', stage: 'opportunity', people: 390 },
    {
      value: 'Messe-Kontakt (Halle 7, noch nicht angerufen, bitte nicht vor Januar)',
      stage: null,
      people: 86,
    },
    { value: 'Won', stage: 'customer', people: 71 },
    { value: 'Ruht', stage: null, people: 12 },
    { value: '7 – Alt', stage: null, people: 1 },
  ];
  const change = (system: string | undefined, part: Partial<Source>) => {
    list = list.map((each) => (each.system === system ? { ...each, ...part } : each));
    return answer(list.find((each) => each.system === system) ?? null);
  };
  const statusesOf = (method: string, body: unknown, isPreview: boolean): Answer => {
    if (method === 'GET') return answer({ statuses });
    const { mappings } = body as StatusMappings;
    if (isPreview) return answer(previewOf(statuses, mappings));
    const stageOf = new Map(mappings.map(({ value, stage }) => [value, stage]));
    statuses = statuses.map((each) => ({ ...each, stage: stageOf.get(each.value) ?? each.stage }));
    const unmapped = statuses.filter(({ stage }) => stage === null).length;
    list = list.map((each) => ({ ...each, unmapped }));
    return answer({ statuses });
  };
  const hub = ({ method, path, body }: RequestOf<'hub.fetch'>): Answer | undefined => {
    const [, , area, system, what, more] = path.split('/');
    if (area === 'connectors') return answer({ connectors });
    if (area !== 'sources') return undefined;
    if (what === 'statuses') return statusesOf(method, body, more === 'preview');
    if (what === 'check') return answer(check);
    if (what === 'sign-in') return answer({ url: 'https://gallery.example/?state=nothing' });
    if (what === 'sync') return change(system, { state: 'syncing' });
    if (what === 'webhook-secret') return change(system, {});
    if (method === 'DELETE') {
      list = list.filter((each) => each.system !== system);
      return answer(null);
    }
    if (method === 'PATCH') {
      const { enabled } = body as SourcePatch;
      return change(system, enabled === undefined ? {} : { enabled, state: enabled ? 'ready' : 'disabled' });
    }
    if (method === 'GET') return answer({ sources: list });
    if (refuses) return answer(wrongAddress, 400);
    const added = body as NewSource;
    const signIn = connectors.find((each) => each.system === added.system)?.signIn ?? false;
    list = [
      ...list,
      source(added.system, {
        state: 'new',
        progress: [],
        lastSuccessAt: null,
        signedIn: signIn ? false : null,
      }),
    ];
    return answer(list.at(-1));
  };
  const admin = { ...rep, user: { ...rep.user, role: 'admin' as const } };
  return world({ connection: { hubUrl, me: admin }, hub });
}

function previewOf(
  statuses: SourceStatuses['statuses'],
  mappings: StatusMappings['mappings'],
): MappingPreview {
  const moved = mappings.flatMap(({ value, stage }) => {
    const people = statuses.find((each) => each.value === value)?.people ?? 0;
    return stage === null || stage === 'lead' ? [] : [{ value, to: stage, people }];
  });
  return {
    moves: moved.map(({ to, people }) => ({ from: 'lead', to, people })),
    examples: moved.map(({ value, to }, index) => ({
      personId: fixtureId(2, 20 + index),
      name: ['Jonas Petersen', 'Sofia Lindqvist'][index % 2]!,
      status: value,
      from: 'lead',
      to,
    })),
    unmapped: statuses.filter(
      ({ value, stage }) => stage === null && !mappings.some((mapping) => mapping.value === value),
    ).length,
  };
}

/** The systems an administrator connects. */
export const sourceStates = {
  'options-sources': () => sources(allSources()),
  'options-sources-empty': () => sources([]),
  'options-sources-form': () => sources([], { refuses: true }),
  'options-sources-mapping': () => sources([odooSource()]),
} satisfies Record<string, () => World>;
