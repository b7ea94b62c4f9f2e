import { z } from 'zod';
import { Agreement, AgreementFormat, AgreementVersion, NewProposal } from './agreement.ts';
import { AuditEvent, AuditFilter } from './audit.ts';
import { ErasureLift, PersonExport } from './erasure.ts';
import { ClosedLoopQuery, ClosedLoopReport } from './closed-loop.ts';
import { Feedback, FeedbackPatch, FeedbackState, NewFeedback, NewReply } from './feedback.ts';
import {
  Attempt,
  Channel,
  ChannelPatch,
  ChannelWithSecret,
  Delivery,
  MySettings,
  MySettingsPatch,
  NewChannel,
} from './channel.ts';
import { BatchResult, PeopleBatch, TouchpointBatch } from './ingest.ts';
import { ContextRequest, ContextResponse } from './lead-context.ts';
import { LeadIndexResponse, LeadKeyRotation } from './lead-index.ts';
import { LiveChange } from './live.ts';
import { HandOver, HandOverPatch, NewFollowUp } from './hand-over.ts';
import { Merge, NewMerge } from './merge.ts';
import { Import, ImportPart, ImportPatch, ImportProblem, ImportSummary, NewImport } from './import.ts';
import { OfferBatch, PlannedTouchBatch } from './planned-touch.ts';
import { Id, Slug, Text } from './primitives.ts';
import { NewConfirmation } from './qualification.ts';
import { SegmentAnswer, SegmentBatch, SegmentMessage } from './segment.ts';
import { NewSelectorPack, SelectorPack } from './selector-pack.ts';
import {
  Invitation,
  Me,
  NewInvitation,
  Role,
  SignedIn,
  SignInCode,
  SignInRequest,
  SignInResponse,
  User,
  UserPatch,
} from './session.ts';
import { NewStageChange, StageState } from './stage.ts';
import { CreatedWriteKey, NewWriteKey, WriteKey } from './write-key.ts';

const everyone = Role.options;
const marketing = ['marketer', 'manager', 'admin'] as const satisfies Role[];
const EventNumber = z.coerce.number().int().nonnegative();
const Version = z.object({ version: z.coerce.number().int().positive() });

/** One HTTP operation of the hub: the server builds its route from this row, the client its call. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `{name}` for path parameters, as OpenAPI writes it. */
  path: `/v1/${string}`;
  summary: string;
  /** Who may call it; `null` needs no sign-in. */
  roles: readonly Role[] | null;
  /** Programs may call it, too, with a write key. */
  writeKey?: true;
  params?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** `null`: 204, no content. */
  response: z.ZodType | null;
  /** The answer shows a secret: what is kept of it for a repeated request is encrypted. */
  secret?: true;
  /** The answer never ends: server-sent events, the data of each as `response` says. */
  stream?: true;
  /** Runs outside a transaction though it is no GET: it stores nothing, or must keep what it stored when it fails. */
  direct?: true;
  /** Written down in the audit log with every call; `itself`: by its handler, which knows better what to write. */
  audit?: 'always' | 'itself';
}

/** One of Segment's addresses: its clients send to them unchanged. */
const segment = <Body extends z.ZodType>(path: `/v1/${string}`, body: Body, summary: string) =>
  ({
    method: 'post',
    path,
    summary: `As Segment: ${summary}`,
    roles: marketing,
    writeKey: true,
    body,
    response: SegmentAnswer,
  }) as const;

const operations = <T extends Record<string, Operation>>(table: T) => table;

/** Everything the hub answers under /v1. */
export const api = operations({
  signIn: {
    method: 'post',
    path: '/v1/sign-in',
    direct: true,
    summary: 'Exchange a one-time code for a token',
    roles: null,
    body: SignInRequest,
    response: SignInResponse,
    audit: 'itself',
  },
  signOut: {
    method: 'delete',
    path: '/v1/session',
    summary: 'Revoke the token of this request',
    roles: everyone,
    response: null,
  },
  sessions: {
    method: 'get',
    path: '/v1/sessions',
    summary: 'Where you are signed in; an administrator may ask for somebody else',
    roles: everyone,
    query: z.object({ userId: Id.optional() }),
    response: z.object({ sessions: z.array(SignedIn) }),
  },
  endSession: {
    method: 'delete',
    path: '/v1/sessions/{id}',
    summary: 'Sign out one of your devices, or as an administrator anybody’s',
    roles: everyone,
    params: z.object({ id: Id }),
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
    audit: 'always',
  },
  signAgreement: {
    method: 'post',
    path: '/v1/agreement/versions/{version}/signatures',
    summary: 'Sign a proposal of the other team',
    roles: ['manager'],
    params: Version,
    body: z.object({}),
    response: AgreementVersion,
    audit: 'always',
  },
  rejectAgreement: {
    method: 'post',
    path: '/v1/agreement/versions/{version}/rejection',
    summary: 'Reject a proposal of the other team, or withdraw one of your own',
    roles: marketing,
    params: Version,
    body: z.object({ comment: Text.optional() }),
    response: AgreementVersion,
    audit: 'always',
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
    secret: true,
    audit: 'always',
  },
  invite: {
    method: 'post',
    path: '/v1/invitations',
    summary: 'Let somebody in: by mail, or where the hub sends none, with a one-time code to hand over',
    roles: ['admin'],
    body: NewInvitation,
    response: Invitation,
    secret: true,
    audit: 'always',
  },
  patchUser: {
    method: 'patch',
    path: '/v1/users/{id}',
    summary: "Change somebody's name, role or team; it holds from their next request on",
    roles: ['admin'],
    params: z.object({ id: Id }),
    body: UserPatch,
    response: User,
    audit: 'always',
  },
  deactivateUser: {
    method: 'delete',
    path: '/v1/users/{id}',
    summary: 'Shut somebody out and sign them out everywhere; what they did keeps their name',
    roles: ['admin'],
    params: z.object({ id: Id }),
    response: null,
    audit: 'always',
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
    audit: 'always',
  },
  context: {
    method: 'post',
    path: '/v1/context',
    direct: true,
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
    writeKey: true,
    body: PeopleBatch,
    response: BatchResult,
  },
  ingestTouchpoints: {
    method: 'post',
    path: '/v1/touchpoints',
    summary: 'Store touchpoints; those known by source and source id are left as they are',
    roles: marketing,
    writeKey: true,
    body: TouchpointBatch,
    response: BatchResult,
  },
  ingestPlannedTouches: {
    method: 'post',
    path: '/v1/planned-touches',
    summary: 'Store, change or cancel what people are due to receive, by source and source id',
    roles: marketing,
    writeKey: true,
    body: PlannedTouchBatch,
    response: BatchResult,
  },
  ingestOffers: {
    method: 'post',
    path: '/v1/offers',
    summary: 'Store or change running offers, by id',
    roles: marketing,
    writeKey: true,
    body: OfferBatch,
    response: BatchResult,
  },
  createMerge: {
    method: 'post',
    path: '/v1/people/{id}/merges',
    summary: 'Make one person of two: everything of the other one goes to this one',
    roles: marketing,
    params: z.object({ id: Id }),
    body: NewMerge,
    response: Merge,
  },
  listMerges: {
    method: 'get',
    path: '/v1/people/{id}/merges',
    summary: 'The merges somebody was part of, newest first, undone ones included',
    roles: marketing,
    params: z.object({ id: Id }),
    response: z.object({ merges: z.array(Merge) }),
  },
  undoMerge: {
    method: 'post',
    path: '/v1/merges/{id}/undo',
    summary: 'Make two people of one again',
    roles: marketing,
    params: z.object({ id: Id }),
    body: z.object({}),
    response: Merge,
  },
  segmentIdentify: segment('/v1/identify', SegmentMessage, 'who a user is'),
  segmentTrack: segment('/v1/track', SegmentMessage, 'what somebody did'),
  segmentPage: segment('/v1/page', SegmentMessage, 'which page somebody saw'),
  segmentScreen: segment('/v1/screen', SegmentMessage, 'which screen of an app somebody saw'),
  segmentGroup: segment('/v1/group', SegmentMessage, 'which company a user is of'),
  segmentAlias: segment('/v1/alias', SegmentMessage, 'who an earlier id was'),
  segmentBatch: segment('/v1/batch', SegmentBatch, 'several of these at once'),
  segmentImport: segment('/v1/import', SegmentBatch, 'several of these, from the past'),
  createWriteKey: {
    method: 'post',
    path: '/v1/write-keys',
    summary: 'Make a key with which a program may send data, and nothing else; it is shown this once',
    roles: ['admin'],
    secret: true,
    audit: 'always',
    body: NewWriteKey,
    response: CreatedWriteKey,
  },
  listWriteKeys: {
    method: 'get',
    path: '/v1/write-keys',
    summary: 'The write keys there are, and when they were used last',
    roles: ['admin'],
    response: z.object({ writeKeys: z.array(WriteKey) }),
  },
  deleteWriteKey: {
    method: 'delete',
    path: '/v1/write-keys/{id}',
    summary: 'Make a write key useless',
    roles: ['admin'],
    audit: 'always',
    params: z.object({ id: Id }),
    response: null,
  },
  closedLoop: {
    method: 'get',
    path: '/v1/reports/closed-loop',
    summary: 'What came of each campaign: from people reached to customers won',
    roles: everyone,
    query: ClosedLoopQuery,
    response: ClosedLoopReport,
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
    audit: 'always',
  },
  live: {
    method: 'get',
    path: '/v1/live',
    summary: 'What changes from now on, or since the event of an id, as server-sent events',
    roles: everyone,
    query: z.object({ since: EventNumber.optional() }),
    headers: z.object({ 'last-event-id': EventNumber.optional() }),
    response: LiveChange,
    stream: true,
  },
  deleteSelectorPack: {
    method: 'delete',
    path: '/v1/selector-packs/{site}',
    summary: 'Read a site with its own selectors again',
    roles: ['admin'],
    params: z.object({ site: Slug }),
    response: null,
    audit: 'always',
  },
  exportPerson: {
    method: 'get',
    path: '/v1/people/{id}/export',
    summary: 'Everything the hub holds of a person and of whom they were merged with',
    roles: ['admin'],
    params: z.object({ id: Id }),
    response: PersonExport,
    audit: 'always',
  },
  erasePerson: {
    method: 'delete',
    path: '/v1/people/{id}',
    summary:
      'Erase a person and whom they were merged with; no source can bring them back, figures of reports stay',
    roles: ['admin'],
    params: z.object({ id: Id }),
    response: null,
    audit: 'itself',
  },
  liftErasure: {
    method: 'post',
    path: '/v1/erasures/lift',
    summary: 'Let sources bring back somebody who was erased, e.g. because they signed up anew',
    roles: ['admin'],
    body: ErasureLift,
    response: z.object({ lifted: z.boolean() }),
    audit: 'itself',
  },
  audit: {
    method: 'get',
    path: '/v1/audit',
    summary: 'Who did what, and who looked whom up; newest first',
    roles: ['admin'],
    query: AuditFilter.extend({
      /** From the `nextCursor` of the page before. */
      cursor: z.string().max(256).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: z.object({ items: z.array(AuditEvent), nextCursor: z.string().nullable() }),
  },
  mySettings: {
    method: 'get',
    path: '/v1/me/settings',
    summary: 'What the hub sends me by mail',
    roles: everyone,
    response: MySettings,
  },
  patchMySettings: {
    method: 'patch',
    path: '/v1/me/settings',
    summary: 'Switch my weekly mail on or off, or say in which language it is',
    roles: everyone,
    body: MySettingsPatch,
    response: MySettings,
  },
  channels: {
    method: 'get',
    path: '/v1/channels',
    summary: 'Other systems that are told of events, and how that goes',
    roles: ['admin'],
    response: z.object({ channels: z.array(Channel) }),
  },
  createChannel: {
    method: 'post',
    path: '/v1/channels',
    summary: 'Tell another system of events; the answer shows the secret of a webhook this once',
    roles: ['admin'],
    body: NewChannel,
    response: ChannelWithSecret,
    secret: true,
    audit: 'always',
  },
  patchChannel: {
    method: 'patch',
    path: '/v1/channels/{id}',
    summary: 'Change what another system is told, or switch it on or off',
    roles: ['admin'],
    params: z.object({ id: Id }),
    body: ChannelPatch,
    response: Channel,
    audit: 'always',
  },
  deleteChannel: {
    method: 'delete',
    path: '/v1/channels/{id}',
    summary: 'Tell another system nothing more, and forget its deliveries',
    roles: ['admin'],
    params: z.object({ id: Id }),
    response: null,
    audit: 'always',
  },
  rotateChannelSecret: {
    method: 'post',
    path: '/v1/channels/{id}/secret',
    summary: 'Make a new secret for a webhook; the old one signs for another 24 hours, too',
    roles: ['admin'],
    params: z.object({ id: Id }),
    body: z.object({}),
    response: ChannelWithSecret,
    secret: true,
    audit: 'always',
  },
  testChannel: {
    method: 'post',
    path: '/v1/channels/{id}/test',
    direct: true,
    summary: 'Send a test message now, and say what came back',
    roles: ['admin'],
    params: z.object({ id: Id }),
    body: z.object({}),
    response: Attempt,
    audit: 'always',
  },
  deliveries: {
    method: 'get',
    path: '/v1/deliveries',
    summary: 'What was sent, waits, or was given up, newest first; at most 200',
    roles: ['admin'],
    query: z.object({ state: Delivery.shape.state.default('dead') }),
    response: z.object({ deliveries: z.array(Delivery) }),
  },
  retryDelivery: {
    method: 'post',
    path: '/v1/deliveries/{id}/retry',
    summary: 'Try what was given up once more, from the start of the schedule',
    roles: ['admin'],
    params: z.object({ id: Id }),
    body: z.object({}),
    response: Delivery,
    audit: 'always',
  },
});
export type Api = typeof api;
