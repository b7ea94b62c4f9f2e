/**
 * Every table with a `person_id`, and what a merge does with the rows of the person who is merged. A table that is
 * missing here fails a test. `moved` rows go to the kept person and come back with the undo; `key` names the columns
 * of their key besides the workspace. `unique`: columns of which a person may have one row each; where both have
 * one, the merged person's stays where it is.
 */
export const MOVED_TABLES: Readonly<Record<string, { key: readonly string[]; unique?: readonly string[] }>> =
  {
    person_aliases: { key: ['id'] },
    person_emails: { key: ['email'] },
    person_external_ids: { key: ['system', 'tenant', 'type', 'id'] },
    stage_events: { key: ['id'] },
    touchpoints: { key: ['source', 'source_id'] },
    planned_touches: { key: ['source', 'source_id'] },
    confirmations: { key: ['id'] },
    feedback: { key: ['id'] },
    // After open ones of both have become one.
    hand_overs: { key: ['id'] },
    follow_ups: { key: ['id'] },
    write_backs: { key: ['feedback_id', 'system'] },
  };

/** Those with a rule of their own in merge-people.ts, or that follow from the others. */
export const OTHER_PERSON_TABLES: readonly string[] = [
  'consents',
  'qualifications',
  'due_qualifications',
  'person_campaigns',
  'hand_over_facts',
  'wins',
  'win_credits',
  'due_figure_people',
  'lead_index',
  'person_words',
];
