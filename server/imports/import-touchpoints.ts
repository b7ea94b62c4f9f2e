import { createHash } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import type { CampaignKind } from '../../utils/contract/campaign.ts';
import { NewTouchpoint } from '../../utils/contract/ingest.ts';
import type { ExternalId } from '../../utils/contract/primitives.ts';
import type { TouchpointKind } from '../../utils/contract/touchpoint.ts';
import { normaliseEmail } from '../../utils/domain/email.ts';
import { storeTouchpoints } from '../store/touchpoints.ts';
import { readCampaignKind, readTouchpointKind, usualChannel } from './cell-values.ts';
import type { ImportContext, KindOfImport, Outcome } from './import-kind.ts';
import { campaignId, campaignKey, readPresentCampaigns } from './present-campaigns.ts';
import type { z } from 'zod';

interface GivenTouchpoint {
  person?: { email: string } | { record: ExternalId } | undefined;
  kind?: TouchpointKind | undefined;
  occurredAt?: string | undefined;
  title?: string | undefined;
  highlight?: string | undefined;
  url?: string | undefined;
  campaign?: string | undefined;
  campaignKind?: z.infer<typeof CampaignKind> | undefined;
  sourceId: string;
}

/** Touchpoints of people who are known; those that are stored already stay as they are. */
export const touchpointImport: KindOfImport<GivenTouchpoint> = {
  read(row, { mapping: { source, recordType, tenant } }) {
    const [email] = row.emails('email');
    const recordId = row.text('recordId', 256);
    const record = recordId && { system: source, type: recordType, id: recordId, ...(tenant && { tenant }) };
    const campaign = row.text('campaign', 1_000);
    const given = {
      person: email ? { email } : record ? { record } : undefined,
      kind: row.value('kind', readTouchpointKind, 'unknown-kind'),
      occurredAt: row.date('occurredAt'),
      title: row.text('title') ?? campaign,
      highlight: row.text('highlight'),
      url: row.value('url', usableUrl, 'bad-url'),
      campaign,
      campaignKind: row.value('campaignKind', readCampaignKind, 'unknown-kind'),
    };
    if (row.problems.length === 0) {
      if (!given.person) row.complain('required', 'email');
      if (!given.kind) row.complain('required', 'kind');
      if (!given.occurredAt) row.complain('required', 'occurredAt');
      if (given.title === undefined) row.complain('required', 'title');
    }
    // Where the source gives no id, a row that says the same is the same.
    const known = email === undefined ? given : { ...given, person: normaliseEmail(email) };
    const hash = () => createHash('sha256').update(JSON.stringify(known)).digest('hex');
    return { ...given, sourceId: row.text('sourceId', 256) ?? `csv-${hash()}` };
  },

  keys: ({ sourceId }) => [sourceId],

  async store(tx, context, rows, now) {
    const { workspaceId } = context;
    const campaigns = await readPresentCampaigns(
      tx,
      workspaceId,
      rows.flatMap(({ value }) => value.campaign ?? []),
    );
    const outcome: Outcome = { added: 0, updated: 0, unchanged: 0, problems: [] };
    const accepted = rows.flatMap(({ row, value }) => {
      const parsed = NewTouchpoint.safeParse(toTouchpoint(value, context, campaigns));
      if (parsed.success) return [{ row, touchpoint: parsed.data }];
      const detail = parsed.error.issues
        .map(({ path, message }) => `${path.join('.')}: ${message}`)
        .join('; ');
      outcome.problems.push({ row, reason: 'refused', detail });
      return [];
    });
    const touchpoints = accepted.map(({ touchpoint }) => touchpoint);
    const result = await storeTouchpoints(tx, workspaceId, touchpoints, now);
    outcome.added = result.stored;
    outcome.unchanged = result.repeated;
    for (const { index, reason } of result.rejected) {
      const { row = 1 } = accepted[index] ?? {};
      outcome.problems.push(
        reason === 'nobody with this address or record is known'
          ? { row, reason: 'unknown-person' }
          : { row, reason: 'refused', detail: reason },
      );
    }
    return outcome;
  },
};

function toTouchpoint(
  { campaign: name, campaignKind = 'other', ...given }: GivenTouchpoint,
  { workspaceId, mapping }: ImportContext,
  campaigns: Awaited<ReturnType<typeof readPresentCampaigns>>,
) {
  const stored = name === undefined ? undefined : campaigns.get(campaignKey(name));
  const campaign =
    name === undefined
      ? undefined
      : { id: stored?.id ?? campaignId(workspaceId, name), name, kind: stored?.kind ?? campaignKind };
  return {
    ...given,
    ...(given.kind && usualChannel(given.kind)),
    ...(campaign && { campaign }),
    id: uuidv5(JSON.stringify(['touchpoint', mapping.source, given.sourceId]), workspaceId),
    machine: false,
    source: mapping.source,
  };
}

function usableUrl(text: string): string | null {
  const url = URL.parse(text) ?? (text.includes('.') ? URL.parse(`https://${text}`) : null);
  return url && /^https?:$/u.test(url.protocol) && url.href.length <= 2048 ? url.href : null;
}
