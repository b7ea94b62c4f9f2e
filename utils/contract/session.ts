import { z } from 'zod';
import { EmailAddress, Id, Instant, Label } from './primitives.ts';

export const Role = z.enum(['rep', 'marketer', 'manager', 'admin']);
export type Role = z.infer<typeof Role>;

/** The two sides of the agreement. */
export const Team = z.enum(['marketing', 'sales']);
export type Team = z.infer<typeof Team>;

/** A `manager` signs for their own team, and for no other. */
export const User = z.object({ id: Id, name: Label, email: EmailAddress, role: Role, team: Team });
export type User = z.infer<typeof User>;

export const Workspace = z.object({
  id: Id,
  name: Label,
  /** The company's own mail domains: mailboxes in them may show the panel, people in them are no leads. */
  domains: z.array(z.string().min(1).max(253)),
});
export type Workspace = z.infer<typeof Workspace>;

export const Me = z.object({ user: User, workspace: Workspace });
export type Me = z.infer<typeof Me>;

/** A code with which somebody else of the workspace can sign in once. */
export const SignInCode = z.object({ code: z.string().min(1).max(128) });

export const SignInRequest = z.object({ code: z.string().min(1).max(128) });
export const SignInResponse = Me.extend({ token: z.string().min(1) });
export type SignInResponse = z.infer<typeof SignInResponse>;

/** Somebody signed in, on one device. */
export const SignedIn = z.object({
  id: Id,
  userId: Id,
  /** By a one-time code, by the link of a mail, or by the company's identity provider. */
  method: z.enum(['code', 'link', 'oidc']),
  /** Browser and system, such as `Chrome, Windows`; empty when unknown. */
  label: z.string(),
  createdAt: Instant,
  /** To the hour. */
  lastUsedAt: Instant,
  expiresAt: Instant,
  /** Whether it is the one that asks. */
  current: z.boolean(),
});
export type SignedIn = z.infer<typeof SignedIn>;

export const NewInvitation = User.omit({ id: true });
export type NewInvitation = z.infer<typeof NewInvitation>;

/** Whoever was invited can sign in: as the mail says, or where none can be sent, with the code. */
export const Invitation = z.object({ user: User, code: SignInCode.shape.code.optional() });
export type Invitation = z.infer<typeof Invitation>;

export const UserPatch = User.pick({ name: true, role: true, team: true }).partial();
export type UserPatch = z.infer<typeof UserPatch>;
