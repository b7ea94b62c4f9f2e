import type { SignedIn } from '../../utils/contract/session.ts';
import { fixtureId, marketer, rep } from '../fixtures/lead-context.ts';
import type { World } from './fake-background.ts';
import { ago, hubUrl, world } from './world.ts';

const admin = { ...rep.user, role: 'admin' as const };
const session = (number: number, more: Partial<SignedIn>): SignedIn => ({
  id: fixtureId(9, number),
  userId: admin.id,
  method: 'oidc',
  label: 'Chrome, Windows',
  createdAt: ago(86_400_000),
  lastUsedAt: ago(number * 3_600_000),
  expiresAt: ago(-86_400_000),
  current: false,
  ...more,
});
const answers: Record<string, unknown> = {
  '/v1/sessions': {
    sessions: [
      session(0, { current: true }),
      session(5, { method: 'link' }),
      session(50, { label: '', method: 'code' }),
    ],
  },
  '/v1/users': { users: [admin, marketer.user] },
};

/** The settings of an administrator, with sessions and the team. */
export const teamStates = {
  'options-team': (): World =>
    world({
      connection: { hubUrl, me: { ...rep, user: admin } },
      hub: ({ path }) => ({ ok: true, value: { status: 200, body: answers[path] ?? null } }),
    }),
};
