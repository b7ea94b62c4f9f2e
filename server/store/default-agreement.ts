import type { Agreement } from '../../utils/contract/agreement.ts';

/**
 * What a workspace starts with, until its teams agree on something else. The stages follow the demand
 * waterfall's words; the reasons keep apart what marketing can nurture again and what is to be dropped
 * (common practice of both, read in November 2026). The list is short on purpose: no reason that
 * nobody can act on.
 */
export function defaultAgreement(inForceSince: Date): Agreement {
  return {
    version: 1,
    inForceSince: inForceSince.toISOString(),
    stages: [
      {
        stage: 'inquiry',
        label: { en: 'Inquiry', de: 'Anfrage' },
        definition: {
          en: 'Somebody got in touch; nobody has looked at whether it fits.',
          de: 'Jemand hat sich gemeldet; ob es passt, hat noch niemand geprüft.',
        },
      },
      {
        stage: 'lead',
        label: { en: 'Lead', de: 'Lead' },
        definition: {
          en: 'We know who it is and may stay in touch, but the interest is not proven yet.',
          de: 'Wir wissen, wer es ist, und dürfen in Kontakt bleiben; das Interesse ist noch nicht belegt.',
        },
      },
      {
        stage: 'mql',
        label: { en: 'Marketing qualified (MQL)', de: 'Marketing-qualifiziert (MQL)' },
        definition: {
          en: 'Company and role fit, and recent behaviour shows interest: marketing asks sales to take over.',
          de: 'Unternehmen und Rolle passen, das jüngste Verhalten zeigt Interesse: Marketing bittet den Vertrieb zu übernehmen.',
        },
      },
      {
        stage: 'sal',
        label: { en: 'Sales accepted (SAL)', de: 'Vom Vertrieb angenommen (SAL)' },
        definition: {
          en: 'Sales has promised to work on this lead; a commitment, not yet a judgement.',
          de: 'Der Vertrieb hat zugesagt, diesen Lead zu bearbeiten; eine Zusage, noch kein Urteil.',
        },
      },
      {
        stage: 'sql',
        label: { en: 'Sales qualified (SQL)', de: 'Vertriebsqualifiziert (SQL)' },
        definition: {
          en: 'Sales has spoken with them and confirmed need, timing and who decides.',
          de: 'Der Vertrieb hat gesprochen und Bedarf, Zeitpunkt und Entscheider bestätigt.',
        },
      },
      {
        stage: 'opportunity',
        label: { en: 'Opportunity', de: 'Verkaufschance' },
        definition: {
          en: 'There is a concrete deal with a value and a date in the pipeline.',
          de: 'Es gibt ein konkretes Geschäft mit Wert und Termin in der Pipeline.',
        },
      },
      {
        stage: 'customer',
        label: { en: 'Customer', de: 'Kunde' },
        definition: { en: 'They have bought.', de: 'Es wurde gekauft.' },
      },
      {
        stage: 'recycled',
        label: { en: 'Back to marketing', de: 'Zurück ans Marketing' },
        definition: {
          en: 'Not now: marketing keeps in touch until the time is right.',
          de: 'Nicht jetzt: Marketing bleibt in Kontakt, bis die Zeit reif ist.',
        },
      },
      {
        stage: 'disqualified',
        label: { en: 'Disqualified', de: 'Ausgeschieden' },
        definition: {
          en: 'Not a possible customer: nobody works on this any more.',
          de: 'Kommt als Kunde nicht in Frage: Niemand arbeitet weiter daran.',
        },
      },
    ],
    reasons: [
      {
        id: 'no-budget',
        label: { en: 'No budget', de: 'Kein Budget' },
        team: 'marketing',
        outcome: 'recycle',
      },
      {
        id: 'not-ready',
        label: { en: 'Not ready yet', de: 'Noch nicht so weit' },
        team: 'marketing',
        outcome: 'recycle',
      },
      {
        id: 'no-decision-maker',
        label: { en: 'Does not decide', de: 'Entscheidet nicht' },
        team: 'marketing',
        outcome: 'recycle',
      },
      {
        id: 'unreachable',
        label: { en: 'Cannot be reached', de: 'Nicht erreichbar' },
        team: 'sales',
        outcome: 'recycle',
      },
      {
        id: 'wrong-data',
        label: { en: 'Wrong data', de: 'Falsche Daten' },
        team: 'marketing',
        outcome: 'recycle',
      },
      {
        id: 'no-fit',
        label: { en: 'Does not fit us', de: 'Passt nicht zu uns' },
        team: 'marketing',
        outcome: 'remove',
      },
      {
        id: 'competitor',
        label: { en: 'Competitor or partner', de: 'Wettbewerber oder Partner' },
        team: 'marketing',
        outcome: 'remove',
      },
      {
        id: 'junk',
        label: { en: 'Spam, student, selling to us', de: 'Spam, Studierende, will uns etwas verkaufen' },
        team: 'marketing',
        outcome: 'remove',
      },
    ],
    returnNeedsReason: false,
  };
}
