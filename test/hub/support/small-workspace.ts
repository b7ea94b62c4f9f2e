import { v7 as uuid } from 'uuid';
import type { SamplePerson, SampleWorkspace } from '../../../server/sample/sample-workspace.ts';
import type { Role, Team, User } from '../../../utils/contract/session.ts';
import type { Stage } from '../../../utils/contract/stage.ts';

export interface SmallWorkspace extends SampleWorkspace {
  users: [User, ...User[]];
  admin: User;
  rep: User;
  otherRep: User;
  marketer: User;
  salesManager: User;
  marketingManager: User;
  /** An MQL with two addresses, a record, a consent and touchpoints. */
  lena: SamplePerson;
  /** A customer who must not be contacted. */
  omar: SamplePerson;
  campaign: { id: string; name: string; kind: 'webinar' };
}

/** A made-up workspace with new ids every time, so that tests can share a database. */
export function smallWorkspace(now: Date): SmallWorkspace {
  const user = (name: string, role: Role, team: Team = 'sales'): User => ({
    id: uuid(),
    name,
    email: `${name.toLowerCase().replaceAll(' ', '.')}@kontor.example`,
    role,
    team,
  });
  const admin = user('Ada Admin', 'admin');
  const rep = user('Rita Rep', 'rep');
  const otherRep = user('Ron Rep', 'rep');
  const marketer = user('Mia Market', 'marketer', 'marketing');
  const salesManager = user('Sven Sales', 'manager');
  const marketingManager = user('Mona Market', 'manager', 'marketing');
  const since = new Date(now.getTime() - 86_400_000).toISOString();
  const person = (name: string, stage: Stage, rest: Partial<SamplePerson>): SamplePerson => ({
    id: uuid(),
    name,
    emails: [],
    externalIds: [],
    consents: [],
    stageEvents: [
      {
        id: uuid(),
        from: null,
        to: stage,
        at: since,
        by: { kind: 'system', id: 'crm', name: 'CRM' },
        agreementVersion: 1,
        kind: 'move',
      },
    ],
    ...rest,
  });

  const lena = person('Lena Vogt', 'mql', {
    emails: ['Lena.Vogt@Hafenlogistik.example', 'lena+messe@hafenlogistik.example'],
    company: 'Hafenlogistik GmbH',
    title: 'Einkauf',
    country: 'DE',
    language: 'de',
    owner: { id: rep.id, name: rep.name },
    externalIds: [{ system: 'crm', tenant: 'crm.kontor.example', type: 'contact', id: '4711' }],
    consents: [{ channel: 'email', state: 'granted', basis: 'double opt-in', source: 'crm', since }],
    sourceStatus: { system: 'crm', value: 'Marketing Qualified' },
  });
  const omar = person('Omar Haddad', 'customer', {
    emails: ['omar@werft.example'],
    doNotContact: { reason: 'asked not to be called', since },
  });
  const campaign = { id: uuid(), name: 'Webinar Lagerlogistik', kind: 'webinar' as const };
  return {
    workspace: { id: uuid(), name: 'Kontor', domains: ['kontor.example'] },
    users: [admin, rep, otherRep, marketer, salesManager, marketingManager],
    campaigns: [campaign],
    people: [lena, omar],
    touchpoints: ['email.sent', 'email.opened', 'webinar.watched'].map((kind, index) => ({
      id: uuid(),
      personId: lena.id,
      kind: kind as 'email.sent' | 'email.opened' | 'webinar.watched',
      channel: 'email',
      direction: 'outbound',
      campaignId: campaign.id,
      title: `Einladung ${index}`,
      occurredAt: new Date(now.getTime() - (10 - index) * 60_000).toISOString(),
      machine: false,
      source: 'mail',
      sourceId: String(index),
    })),
    feedback: [],
    sources: [
      { system: 'crm', label: 'CRM', lastSuccessAt: since },
      { system: 'mail', label: 'Mailing', lastSuccessAt: null, problem: 'never connected' },
    ],
    admin,
    rep,
    otherRep,
    marketer,
    salesManager,
    marketingManager,
    lena,
    omar,
    campaign,
  };
}
