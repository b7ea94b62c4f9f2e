import { z } from 'zod';
import { AgreementDocument } from '../contract/agreement.ts';

/**
 * A change of the agreement that nobody has proposed yet. It is kept in this browser, for it is nobody else's business,
 * and may be half written: a number missing, a text empty.
 */
const StoredDraft = z.object({
  /** The version it changes. */
  basedOn: z.int().positive(),
  document: z.custom<AgreementDocument>(isHalfWritten),
  comment: z.string(),
});
type AgreementDraft = z.infer<typeof StoredDraft>;

const keyOf = (owner: string) => `agreement-draft:${owner}`;

/** The draft of a user of a workspace; null when there is none, or it has a shape of the past. */
export function readDraft(owner: string): AgreementDraft | null {
  const text = localStorage.getItem(keyOf(owner));
  if (text === null) return null;
  try {
    return StoredDraft.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Keeps a draft, or forgets it. */
export function writeDraft(owner: string, draft: AgreementDraft | null): void {
  if (draft) localStorage.setItem(keyOf(owner), JSON.stringify(draft));
  else localStorage.removeItem(keyOf(owner));
}

/** Whether a document has everything where it belongs, be it written to the end or not. */
function isHalfWritten(value: unknown): boolean {
  const parsed = AgreementDocument.safeParse(value);
  return parsed.success || !parsed.error.issues.some(isMisshapen);
}

function isMisshapen(issue: z.core.$ZodIssue): boolean {
  // JSON has null for a number that is not written yet.
  if (issue.code === 'invalid_type') return issue.expected !== 'number' && issue.expected !== 'int';
  if (issue.code === 'invalid_union') {
    return issue.errors.length === 0 || issue.errors.every((issues) => issues.some(isMisshapen));
  }
  return issue.code === 'unrecognized_keys';
}
