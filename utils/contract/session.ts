import { z } from 'zod';
import { EmailAddress, Id, Label } from './primitives.ts';

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
