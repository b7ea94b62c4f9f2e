import { z } from 'zod';
import { Agreement, AgreementFormat, AgreementVersion, NewProposal } from './agreement.ts';
import { Feedback, FeedbackPatch, FeedbackState, NewFeedback, NewReply } from './feedback.ts';
import { BatchResult, PeopleBatch, TouchpointBatch } from './ingest.ts';
import { ContextRequest, ContextResponse } from './lead-context.ts';
import { LeadIndexResponse, LeadKeyRotation } from './lead-index.ts';
import { HandOver, HandOverPatch, NewFollowUp } from './hand-over.ts';
import { Import, ImportPart, ImportPatch, ImportProblem, ImportSummary, NewImport } from './import.ts';
import { OfferBatch, PlannedTouchBatch } from './planned-touch.ts';
import { Id, Slug, Text } from './primitives.ts';
import { NewConfirmation } from './qualification.ts';
import { NewSelectorPack, SelectorPack } from './selector-pack.ts';
import { Me, Role, SignInCode, SignInRequest, SignInResponse, User } from './session.ts';
import { NewStageChange, StageState } from './stage.ts';

const everyone = Role.options;
const marketing = ['marketer', 'manager', 'admin'] as const satisfies Role[];
const Version = z.object({ version: z.coerce.number().int().positive() });

/** One HTTP operation of the hub: the server builds its route from this row, the client its call. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
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
  agreementVersions: {
    method: 'get',
    path: '/v1/agreement/versions',
    summary: 'Every version of the agreement, newest first, and its fate',
    roles: everyone,
    response: z.object({ versions: z.array(AgreementVersion) }),
  },
  agreementText: {
    method: 'get',
    path: '/v1/agreement/versions/{version}/text',
    summary: 'The document of one version, to read, keep or edit',
    roles: everyone,
    params: Version,
    query: z.object({ format: AgreementFormat.default('yaml') }),
    response: z.object({ text: z.string() }),
  },
  proposeAgreement: {
    method: 'put',
    path: '/v1/agreement',
    summary: 'Propose a change; it is in force once a manager of the other team has signed it',
    roles: marketing,
    body: NewProposal,
    response: AgreementVersion,
  },
  signAgreement: {
    method: 'post',
    path: '/v1/agreement/versions/{version}/signatures',
    summary: 'Sign a proposal of the other team',
    roles: ['manager'],
    params: Version,
    body: z.object({}),
    response: AgreementVersion,
  },
  rejectAgreement: {
    method: 'post',
    path: '/v1/agreement/versions/{version}/rejection',
    summary: 'Reject a proposal of the other team, or withdraw one of your own',
    roles: marketing,
    params: Version,
    body: z.object({ comment: Text.optional() }),
    response: AgreementVersion,
  },
  users: {
    method: 'get',
    path: '/v1/users',
    summary: 'Who works in this workspace',
    roles: everyone,
    response: z.object({ users: z.array(User) }),
  },
  createSignInCode: {
    method: 'post',
    path: '/v1/users/{id}/sign-in-codes',
    summary: 'Make a code with which this user can sign in once, within fifteen minutes',
    roles: ['admin'],
    params: z.object({ id: Id }),
    body: z.object({}),
    response: SignInCode,
  },
  createStageChange: {
    method: 'post',
    path: '/v1/stage-changes',
    summary: 'Move a lead by hand, undo or correct a move',
    roles: everyone,
    body: NewStageChange,
    response: StageState,
  },
  createFollowUp: {
    method: 'post',
    path: '/v1/follow-ups',
    summary: 'Report that somebody followed up; stops the clock',
    roles: everyone,
    body: NewFollowUp,
    response: z.object({ handOver: HandOver.nullable() }),
  },
  patchHandOver: {
    method: 'patch',
    path: '/v1/hand-overs/{id}',
    summary: 'Pause or resume the clock, or give the lead to somebody',
    roles: everyone,
    params: z.object({ id: Id }),
    body: HandOverPatch,
    response: HandOver,
  },
  createConfirmation: {
    method: 'post',
    path: '/v1/confirmations',
    summary: 'Confirm or deny budget, authority, need or timing, or take it back',
    roles: everyone,
    body: NewConfirmation,
    response: null,
  },
  leadIndex: {
    method: 'get',
    path: '/v1/lead-index',
    summary: 'Keyed hashes of the leads, changed since a cursor',
    roles: everyone,
    query: z.object({ since: z.coerce.number().int().nonnegative().default(0) }),
    response: LeadIndexResponse,
  },
  rotateLeadKey: {
    method: 'post',
    path: '/v1/lead-index/rotate',
    summary: 'Begin to change the key of the lead index; clients get the next one once all entries are made',
    roles: ['admin'],
    body: z.object({}),
    response: LeadKeyRotation,
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
  ingestPlannedTouches: {
    method: 'post',
    path: '/v1/planned-touches',
    summary: 'Store, change or cancel what people are due to receive, by source and source id',
    roles: marketing,
    body: PlannedTouchBatch,
    response: BatchResult,
  },
  ingestOffers: {
    method: 'post',
    path: '/v1/offers',
    summary: 'Store or change running offers, by id',
    roles: marketing,
    body: OfferBatch,
    response: BatchResult,
  },
  listImports: {
    method: 'get',
    path: '/v1/imports',
    summary: 'The latest imports of files, newest first',
    roles: marketing,
    response: z.object({ imports: z.array(ImportSummary) }),
  },
  createImport: {
    method: 'post',
    path: '/v1/imports',
    summary: 'Announce a CSV file; its parts follow',
    roles: marketing,
    body: NewImport,
    response: Import,
  },
  readImport: {
    method: 'get',
    path: '/v1/imports/{id}',
    summary: 'How far an import is, which parts are here, and what the file looks like',
    roles: marketing,
    params: z.object({ id: Id }),
    response: Import,
  },
  putImportPart: {
    method: 'put',
    path: '/v1/imports/{id}/parts/{n}',
    summary: 'Send a part of the file, counted from 0; in any order, again if need be',
    roles: marketing,
    params: z.object({ id: Id, n: z.coerce.number().int().nonnegative().max(100_000) }),
    body: ImportPart,
    response: null,
  },
  patchImport: {
    method: 'patch',
    path: '/v1/imports/{id}',
    summary: 'Say how the file is to be read, or what its columns mean',
    roles: marketing,
    params: z.object({ id: Id }),
    body: ImportPatch,
    response: Import,
  },
  checkImport: {
    method: 'post',
    path: '/v1/imports/{id}/check',
    summary: 'Do everything but store: name the bad rows, count what would change',
    roles: marketing,
    params: z.object({ id: Id }),
    body: z.object({}),
    response: Import,
  },
  startImport: {
    method: 'post',
    path: '/v1/imports/{id}/start',
    summary: 'Store the good rows and name the bad ones',
    roles: marketing,
    params: z.object({ id: Id }),
    body: z.object({}),
    response: Import,
  },
  importProblems: {
    method: 'get',
    path: '/v1/imports/{id}/problems',
    summary: 'The bad rows of the last check or import, in the order of the file',
    roles: marketing,
    params: z.object({ id: Id }),
    query: z.object({
      /** From the `nextCursor` of the page before. */
      cursor: z
        .string()
        .regex(/^\d{1,9}\.\d{1,9}$/, 'is no cursor of this hub')
        .optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    response: z.object({ problems: z.array(ImportProblem), nextCursor: z.string().nullable() }),
  },
  deleteImport: {
    method: 'delete',
    path: '/v1/imports/{id}',
    summary: 'Forget a file and what is known of its import; what it stored stays',
    roles: marketing,
    params: z.object({ id: Id }),
    response: null,
  },
  selectorPacks: {
    method: 'get',
    path: '/v1/selector-packs',
    summary: 'Selectors that take the place of those a site is read with',
    roles: everyone,
    response: z.object({ packs: z.array(SelectorPack) }),
  },
  putSelectorPack: {
    method: 'put',
    path: '/v1/selector-packs/{site}',
    summary: 'Replace the selectors of a site that has changed',
    roles: ['admin'],
    params: z.object({ site: Slug }),
    body: NewSelectorPack,
    response: SelectorPack,
  },
  deleteSelectorPack: {
    method: 'delete',
    path: '/v1/selector-packs/{site}',
    summary: 'Read a site with its own selectors again',
    roles: ['admin'],
    params: z.object({ site: Slug }),
    response: null,
  },
});
export type Api = typeof api;
