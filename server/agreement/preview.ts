import { sql } from 'kysely';
import type { Agreement, AgreementDocument } from '../../utils/contract/agreement.ts';
import type { AgreementPreview } from '../../utils/contract/agreement-preview.ts';
import { Stage } from '../../utils/contract/stage.ts';
import { evaluateCriterion } from '../../utils/domain/evaluate-criterion.ts';
import type { Facts } from '../../utils/domain/facts.ts';
import { readFacts } from '../qualification/read-facts.ts';
import { readAgreement } from '../store/agreements.ts';
import type { Database } from '../store/database.ts';

/** Of more, the latest to become known are looked at. */
const MOST_LEADS = 5_000;
/** Few enough that a look-up hardly waits for them, where the database has one session only. */
const BATCH = 100;
/** Who edits waits for the answer. */
const LONGEST_MS = 5_000;
const EXAMPLES = 10;

type Example = AgreementPreview['examples'][number];

/**
 * Counts who of last month's leads meets what each stage asks for, by the agreement in force and by this document.
 * Stores nothing, and ends after a few seconds with whoever it has got to.
 */
export async function previewAgreement(
  db: Database,
  workspaceId: string,
  document: AgreementDocument,
  now: Date,
): Promise<AgreementPreview> {
  const began = performance.now();
  const present = await readAgreement(db, workspaceId);
  const month = lastMonth(now);
  const ids = await readLeads(db, workspaceId, month);
  const tally = new Tally(present, document);
  let looked = 0;
  const most = Math.min(ids.length, MOST_LEADS);
  while (looked < most && performance.now() - began < LONGEST_MS) {
    const batch = ids.slice(looked, Math.min(looked + BATCH, most));
    const facts = await readFacts(db, workspaceId, batch, present, month.to, month.to);
    for (const id of batch) tally.add(id, facts.get(id));
    looked += batch.length;
  }
  return {
    from: month.from.toISOString(),
    to: month.to.toISOString(),
    leads: tally.leads,
    cut: looked < ids.length,
    stages: tally.stages,
    examples: tally.examples(),
  };
}

interface Month {
  from: Date;
  to: Date;
}

const lastMonth = (now: Date): Month => {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return { from: new Date(Date.UTC(year, month - 1)), to: new Date(Date.UTC(year, month)) };
};

/** Whoever had a touchpoint in it, the latest to become known first; one more than are looked at. */
async function readLeads(db: Database, workspaceId: string, { from, to }: Month): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from people p
    where p.workspace_id = ${workspaceId} and p.archived_at is null and exists (
      select 1 from touchpoints t
      where t.workspace_id = ${workspaceId} and t.person_id = p.id
        and t.occurred_at >= ${from.toISOString()}::timestamptz and t.occurred_at < ${to.toISOString()}::timestamptz)
    order by p.id desc limit ${MOST_LEADS + 1}`.execute(db);
  return rows.map(({ id }) => id);
}

/** What the two documents come to, lead by lead. */
class Tally {
  leads = 0;
  readonly stages: AgreementPreview['stages'];
  readonly #documents: readonly [Agreement, AgreementDocument];
  /** By stage and direction, so that there is something to see of each. */
  readonly #changed = new Map<string, Example[]>();

  constructor(present: Agreement, proposed: AgreementDocument) {
    this.#documents = [present, proposed];
    const nobody = (document: AgreementDocument, stage: Stage) => (criteriaOf(document, stage) ? 0 : null);
    this.stages = Stage.options.map((stage) => ({
      stage,
      present: nobody(present, stage),
      proposed: nobody(proposed, stage),
    }));
  }

  add(personId: string, facts: Facts | undefined): void {
    if (!facts) return;
    this.leads += 1;
    const name = String(facts.fields.get('name')?.value ?? '');
    for (const counted of this.stages) {
      const [before, after] = this.#documents.map((document) => meets(document, counted.stage, facts));
      if (counted.present !== null && before) counted.present += 1;
      if (counted.proposed !== null && after) counted.proposed += 1;
      // Where one of them asks for nothing, nobody comes into reach or leaves it: it is another kind of rule.
      if (counted.present === null || counted.proposed === null || before === after) continue;
      const example = { personId, name, stage: counted.stage, meets: after === true };
      const key = `${counted.stage} ${after}`;
      const alike = this.#changed.get(key) ?? [];
      if (alike.length < EXAMPLES) this.#changed.set(key, [...alike, example]);
    }
  }

  /** In turns, one of each kind. */
  examples(): Example[] {
    const kinds = [...this.#changed.values()];
    const turns = Array.from({ length: EXAMPLES }, (_, turn) => kinds.flatMap((kind) => kind[turn] ?? []));
    return turns.flat().slice(0, EXAMPLES);
  }
}

function meets(document: AgreementDocument, stage: Stage, facts: Facts): boolean {
  const criteria = criteriaOf(document, stage);
  if (!criteria) return false;
  return evaluateCriterion(criteria, { ...facts, expiry: document.expiry }).state === 'met';
}

const criteriaOf = ({ stages }: AgreementDocument, stage: Stage) =>
  stages.find((agreed) => agreed.stage === stage)?.criteria;
