import type { Api } from '../../utils/contract/api.ts';
import type { Handlers, HubRequest } from '../operation.ts';
import type { Message } from '../segment/message.ts';
import { receiveSegment } from '../segment/receive.ts';

type SegmentHandlers = Pick<Handlers, Extract<keyof Api, `segment${string}`>>;

const one =
  (type: Message['type']) =>
  ({ db, session, body, now }: HubRequest<Api['segmentTrack']>) =>
    receiveSegment(db, session.workspaceId, { messages: [body], type, sentAt: body['sentAt'] }, now);

const many = ({ db, session, body: { batch, sentAt }, now }: HubRequest<Api['segmentBatch']>) =>
  receiveSegment(db, session.workspaceId, { messages: batch, sentAt }, now);

export const segmentHandlers: SegmentHandlers = {
  segmentIdentify: one('identify'),
  segmentTrack: one('track'),
  segmentPage: one('page'),
  segmentScreen: one('screen'),
  segmentGroup: one('group'),
  segmentAlias: one('alias'),
  segmentBatch: many,
  segmentImport: many,
};
