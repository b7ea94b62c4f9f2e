import { z } from 'zod';
import { Agreement } from './agreement.ts';
import { Feedback, FeedbackPatch, FeedbackState, NewFeedback, NewReply } from './feedback.ts';
import { BatchResult, PeopleBatch, TouchpointBatch } from './ingest.ts';
import { ContextRequest, ContextResponse } from './lead-context.ts';
import { LeadIndexResponse } from './lead-index.ts';
import { Id } from './primitives.ts';
import { Me, Role, SignInRequest, SignInResponse } from './session.ts';

const everyone = Role.options;
const marketing = ['marketer', 'manager', 'admin'] as const satisfies Role[];

/** One HTTP operation of the hub: the server builds its route from this row, the client its call. */
export interface Operation {
  method: 'get' | 'post' | 'patch' | 'delete';
  /** With `{name}` for path parameters, as OpenAPI writes it. */
  path: `/v1/${string}`;
  summary: string;
  /** Who may call it; `null` needs no sign-in. */
  roles: readonly Role[] | null;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** `null`: 204, no content. */
  response: z.ZodType | null;
}

const operations = <T extends Record<string, Operation>>(table: T) => table;

/** Everything the hub answers under /v1. */
export const api = operations({
  signIn: {
    method: 'post',
    path: '/v1/sign-in',
    summary: 'Exchange a one-time code for a token',
    roles: null,
    body: SignInRequest,
    response: SignInResponse,
  },
  signOut: {
    method: 'delete',
    path: '/v1/session',
    summary: 'Revoke the token of this request',
    roles: everyone,
    response: null,
  },
  me: {
    method: 'get',
    path: '/v1/me',
    summary: 'Who is signed in, and where',
    roles: everyone,
    response: Me,
  },
  agreement: {
    method: 'get',
    path: '/v1/agreement',
    summary: 'The agreement in force: stages, their definitions, reasons',
    roles: everyone,
    response: Agreement,
  },
  leadIndex: {
    method: 'get',
    path: '/v1/lead-index',
    summary: 'Keyed hashes of the leads, changed since a cursor',
    roles: everyone,
    query: z.object({ since: z.coerce.number().int().nonnegative().default(0) }),
    response: LeadIndexResponse,
  },
  context: {
    method: 'post',
    path: '/v1/context',
    summary: 'Look up leads by address or record',
    roles: everyone,
    body: ContextRequest,
    response: ContextResponse,
  },
  createFeedback: {
    method: 'post',
    path: '/v1/feedback',
    summary: 'Send feedback; a verdict on a lead moves its stage',
    roles: everyone,
    body: NewFeedback,
    response: Feedback,
  },
  listFeedback: {
    method: 'get',
    path: '/v1/feedback',
    summary: 'Feedback, newest first',
    roles: everyone,
    query: z.object({
      state: FeedbackState.optional(),
      personId: Id.optional(),
      /** From the `nextCursor` of the page before. */
      cursor: z.string().max(256).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: z.object({ items: z.array(Feedback), nextCursor: z.string().nullable() }),
  },
  readFeedback: {
    method: 'get',
    path: '/v1/feedback/{id}',
    summary: 'One piece of feedback',
    roles: everyone,
    params: z.object({ id: Id }),
    response: Feedback,
  },
  patchFeedback: {
    method: 'patch',
    path: '/v1/feedback/{id}',
    summary: 'Refine or withdraw your own feedback; as marketing, mark it seen or acted',
    roles: everyone,
    params: z.object({ id: Id }),
    body: FeedbackPatch,
    response: Feedback,
  },
  replyToFeedback: {
    method: 'post',
    path: '/v1/feedback/{id}/replies',
    summary: 'Answer feedback',
    roles: everyone,
    params: z.object({ id: Id }),
    body: NewReply,
    response: Feedback,
  },
  ingestPeople: {
    method: 'post',
    path: '/v1/people',
    summary: 'Store or update people',
    roles: marketing,
    body: PeopleBatch,
    response: BatchResult,
  },
  ingestTouchpoints: {
    method: 'post',
    path: '/v1/touchpoints',
    summary: 'Store touchpoints; those known by source and source id are left as they are',
    roles: marketing,
    body: TouchpointBatch,
    response: BatchResult,
  },
});
export type Api = typeof api;
