import type { EventKind } from '../../utils/contract/channel.ts';
import type { Verdict } from '../../utils/contract/feedback.ts';
import type { Language } from '../../utils/contract/primitives.ts';

interface ChatWords {
  titles: Record<Exclude<EventKind, 'feedback.created'>, string>;
  verdicts: Record<Verdict, string>;
  labels: Record<
    | 'lead'
    | 'campaign'
    | 'planned'
    | 'feedback'
    | 'reason'
    | 'comment'
    | 'answer'
    | 'by'
    | 'owner'
    | 'due'
    | 'wasDue'
    | 'step'
    | 'stage'
    | 'version'
    | 'ends',
    string
  >;
  nobody: string;
  steps: Record<'owner' | 'manager' | 'reassign', string>;
  nobodyThere: string;
  test: string;
}

/** What chat messages say besides names and the agreement's own words. */
export const chatWords: Record<Language, ChatWords> = {
  en: {
    titles: {
      'feedback.answered': 'Marketing has answered feedback',
      'feedback.acted': 'Marketing has acted on feedback',
      'hand_over.created': 'A lead was handed over to sales',
      'hand_over.breached': 'A promise to follow up was broken',
      'stage.changed': 'A lead has moved',
      'agreement.proposed': 'A change of the agreement was proposed',
      'agreement.in_force': 'A new version of the agreement is in force',
      'agreement.ending': 'The agreement has to be renewed',
      'digest.sales': 'Sales’ week in Tandem',
      'digest.marketing': 'Marketing’s week in Tandem',
    },
    verdicts: {
      accepted: 'Sales accepted a lead',
      returned: 'Sales returned a lead',
      praise: 'Praise for a campaign',
      suggestion: 'A suggestion for a campaign',
      hold: 'Sales asks to hold what is planned',
      'ask-first': 'Sales wants to be asked before this goes out',
    },
    labels: {
      lead: 'Lead',
      campaign: 'Campaign',
      planned: 'Planned',
      feedback: 'Feedback',
      reason: 'Reason',
      comment: 'Comment',
      answer: 'Answer',
      by: 'By',
      owner: 'Owner',
      due: 'Follow up by',
      wasDue: 'Was due',
      step: 'Step taken',
      stage: 'Stage',
      version: 'Version',
      ends: 'Valid until',
    },
    nobody: 'nobody yet',
    steps: {
      owner: 'the owner was told',
      manager: 'the manager was told',
      reassign: 'given to somebody else',
    },
    nobodyThere: 'there was nobody to tell',
    test: 'Tandem can reach this channel',
  },
  de: {
    titles: {
      'feedback.answered': 'Das Marketing hat auf eine Rückmeldung geantwortet',
      'feedback.acted': 'Das Marketing hat eine Rückmeldung umgesetzt',
      'hand_over.created': 'Ein Lead wurde an den Vertrieb übergeben',
      'hand_over.breached': 'Eine zugesagte Nachverfolgung blieb aus',
      'stage.changed': 'Ein Lead hat die Stufe gewechselt',
      'agreement.proposed': 'Eine Änderung der Vereinbarung wurde vorgeschlagen',
      'agreement.in_force': 'Eine neue Fassung der Vereinbarung gilt',
      'agreement.ending': 'Die Vereinbarung muss verlängert werden',
      'digest.sales': 'Die Woche des Vertriebs in Tandem',
      'digest.marketing': 'Die Woche des Marketings in Tandem',
    },
    verdicts: {
      accepted: 'Der Vertrieb hat einen Lead angenommen',
      returned: 'Der Vertrieb hat einen Lead zurückgegeben',
      praise: 'Lob für eine Kampagne',
      suggestion: 'Ein Vorschlag zu einer Kampagne',
      hold: 'Der Vertrieb bittet, Geplantes zurückzuhalten',
      'ask-first': 'Der Vertrieb will gefragt werden, bevor das hinausgeht',
    },
    labels: {
      lead: 'Lead',
      campaign: 'Kampagne',
      planned: 'Geplant',
      feedback: 'Rückmeldung',
      reason: 'Grund',
      comment: 'Kommentar',
      answer: 'Antwort',
      by: 'Von',
      owner: 'Zuständig',
      due: 'Nachfassen bis',
      wasDue: 'War fällig',
      step: 'Veranlasst',
      stage: 'Stufe',
      version: 'Fassung',
      ends: 'Gültig bis',
    },
    nobody: 'noch niemand',
    steps: {
      owner: 'die zuständige Person wurde erinnert',
      manager: 'die Leitung wurde informiert',
      reassign: 'jemand anderem übergeben',
    },
    nobodyThere: 'es gab niemanden zu benachrichtigen',
    test: 'Tandem erreicht diesen Kanal',
  },
};
