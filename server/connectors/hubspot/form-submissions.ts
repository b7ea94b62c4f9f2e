import { z } from 'zod';
import type { SourceTouchpoint } from '../connector.ts';
import { isAddress, Paging, urlOf } from './answers.ts';
import type { Part } from './pull-touchpoints.ts';
import { remember } from '../remember.ts';
import type { Io } from './settings.ts';

const Form = z.object({ id: z.string(), name: z.string() });
type Form = z.infer<typeof Form>;
const Forms = z.object({ results: z.array(Form), paging: Paging });
const FORMS_PAGE = 100;
/** HubSpot's own, those of the company's site, and pop-ups; comments on a blog are forms to HubSpot, too. */
const FORM_TYPES = ['hubspot', 'captured', 'flow'];

const Submission = z.object({
  conversionId: z.string(),
  submittedAt: z.int(),
  values: z.array(z.object({ name: z.string(), value: z.string().nullish() })),
  pageUrl: z.string().nullish(),
});
type Submission = z.infer<typeof Submission>;
/** None of a form that was deleted meanwhile. */
const Submissions = z.object({ results: z.array(Submission).default([]), paging: Paging });
/** The most that HubSpot answers at once. */
const PAGE_SIZE = 50;

/** In the middle of a form (`after`), or after it. */
const Position = z.object({ form: z.string(), after: z.string().nullable() });

/**
 * What was sent by forms, form by form, the latest submission first: there is no list of all, and none of what is new. So
 * a pull of what changed asks for the first page of each form at least, and stops where it is older.
 */
export const pullFormSubmissions: Part = async (io, { since, cursor }) => {
  const forms = await remember(io, 'forms', () => readForms(io));
  const position = Position.safeParse(cursor).data ?? { form: '', after: null };
  // A form that was deleted meanwhile is passed over.
  const form =
    forms.find(({ id }) => id === position.form && position.after !== null) ??
    forms.find(({ id }) => id > position.form);
  if (!form) return { items: [], next: null };
  const after = form.id === position.form ? position.after : null;
  const { body } = await io.request(`/form-integrations/v1/submissions/forms/${form.id}`, {
    query: { limit: PAGE_SIZE, after: after ?? undefined },
    schema: Submissions,
    accept: [404],
  });
  const start = since?.getTime() ?? 0;
  const recent = body.results.filter(({ submittedAt }) => submittedAt >= start);
  const goesOn = recent.length === body.results.length && body.paging?.next != null;
  const isLast = form === forms.at(-1);
  return {
    items: recent.flatMap((submission) => touchpointOf(submission, form)),
    next:
      goesOn || !isLast ? { form: form.id, after: goesOn ? (body.paging?.next?.after ?? null) : null } : null,
  };
};

async function readForms(io: Io): Promise<Form[]> {
  const forms: Form[] = [];
  let after: string | undefined;
  do {
    const query = { limit: FORMS_PAGE, after, formTypes: FORM_TYPES };
    const { body } = await io.request('/marketing/v3/forms', { query, schema: Forms });
    forms.push(...body.results);
    after = body.paging?.next?.after;
  } while (after !== undefined);
  return forms.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** None without an address: nobody could say whose it is. */
function touchpointOf(
  { conversionId, submittedAt, values, pageUrl }: Submission,
  form: Form,
): SourceTouchpoint[] {
  const email = values.find(({ name }) => name === 'email')?.value?.trim() ?? '';
  const url = urlOf(pageUrl);
  if (!isAddress(email)) return [];
  return [
    {
      sourceId: `form:${conversionId}`,
      kind: 'form.submitted',
      channel: 'web',
      direction: 'inbound',
      title: form.name,
      ...(url !== undefined && { url }),
      occurredAt: new Date(submittedAt).toISOString(),
      person: { email },
      machine: false,
    },
  ];
}
