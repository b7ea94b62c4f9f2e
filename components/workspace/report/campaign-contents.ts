import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { ClosedLoopReport } from '../../../utils/contract/closed-loop.ts';
import {
  type AttributionReport,
  CREDIT_OF_A_WIN,
  type FiguresReport,
  type ReachedStage,
  type WithinDays,
} from '../../../utils/contract/figures.ts';
import { WITHIN_DAYS } from '../../../utils/domain/hand-over-counts.ts';
import { format } from '../../ui/language.ts';
import { stageLabel } from '../../ui/stage-label.ts';
import type { ChartContent } from './chart-spec.ts';
import { type SortKey, sortKeys } from './report-choice.ts';
import type { ReportTable } from './report-table.ts';
import { fewWords, monthName, sentences } from './report-words.ts';

/** So many campaigns are drawn; the table has all. */
const DRAWN = 8;

/** Millionths of wins as wins, with two decimals. */
const winsOf = (credit: number): number => credit / CREDIT_OF_A_WIN;
const creditText = (credit: number): string => format().number(Math.round(winsOf(credit) * 100) / 100);

export function attribution(report: AttributionReport): ChartContent {
  const { campaigns, wins, unattributed, minimumCases } = report;
  const [top] = campaigns;
  const rest = campaigns.slice(DRAWN).reduce((sum, { credit }) => sum + credit, 0);
  const bars = [
    ...campaigns.slice(0, DRAWN).map(({ campaign, credit }) => ({ label: campaign.name, credit })),
    ...(rest > 0 ? [{ label: i18n.t('report.attribution.others'), credit: rest }] : []),
    { label: i18n.t('report.attribution.unattributed'), credit: unattributed },
  ];
  return {
    title: i18n.t('report.attribution.title'),
    sentence: attributionSentence(report, top),
    spec:
      wins > 0
        ? {
            kind: 'bars',
            bars: bars.map(({ label, credit }) => ({
              label,
              value: winsOf(credit),
              text: creditText(credit),
            })),
          }
        : null,
    ...(wins > 0 && wins < minimumCases && { note: fewWords(wins, minimumCases) }),
    table: {
      name: `attribution-${report.model}`,
      title: i18n.t('report.attribution.title'),
      columns: [
        i18n.t('report.attribution.campaign'),
        i18n.t('report.attribution.credit'),
        i18n.t('report.attribution.wins'),
      ],
      rows: [
        ...campaigns.map(({ campaign, credit, wins: part }) => [campaign.name, winsOf(credit), part]),
        [i18n.t('report.attribution.unattributed'), winsOf(unattributed), null],
      ],
    },
  };
}

function attributionSentence(
  { wins, unattributed }: AttributionReport,
  top: AttributionReport['campaigns'][number] | undefined,
): string {
  if (wins === 0) return i18n.t('report.attribution.noWins');
  if (!top) return i18n.t('report.attribution.sentenceNone', { wins: format().number(wins) });
  return i18n.t('report.attribution.sentence', {
    campaign: top.campaign.name,
    credit: creditText(top.credit),
    wins: format().number(wins),
    unattributed: creditText(unattributed),
  });
}

export type CampaignRow = ClosedLoopReport['campaigns'][number];

/** Those that reached anybody, by what is looked at; equal ones by name. */
export const sortedCampaigns = ({ campaigns }: ClosedLoopReport, sort: SortKey): CampaignRow[] =>
  campaigns
    .filter(({ figures }) => sortKeys.some((key) => figures[key] > 0))
    .toSorted((a, b) => b.figures[sort] - a.figures[sort] || a.campaign.name.localeCompare(b.campaign.name));

export function campaignsTable(rows: readonly CampaignRow[]): ReportTable {
  return {
    name: 'campaigns',
    title: i18n.t('report.campaigns.title'),
    columns: [
      i18n.t('report.campaigns.campaign'),
      ...sortKeys.map((key) => i18n.t(`report.campaigns.${key}`)),
    ],
    rows: rows.map(({ campaign, figures }) => [campaign.name, ...sortKeys.map((key) => figures[key])]),
  };
}

export function campaignsSentence(rows: readonly CampaignRow[]): string {
  const most = (key: SortKey) => rows.toSorted((a, b) => b.figures[key] - a.figures[key])[0];
  const [won, accepted] = [most('won'), most('accepted')];
  if (!won || !accepted) return i18n.t('report.campaigns.nobody');
  return won.figures.won > 0
    ? i18n.t('report.campaigns.sentence', {
        campaign: won.campaign.name,
        won: format().number(won.figures.won),
        reached: format().number(won.figures.reached),
      })
    : i18n.t('report.campaigns.noWins', {
        campaign: accepted.campaign.name,
        accepted: format().number(accepted.figures.accepted),
      });
}

type Cohort = FiguresReport['cohorts'][number];
export const reachedBy = (cohort: Cohort, stage: ReachedStage, days: WithinDays) =>
  cohort.reached.find((each) => each.stage === stage && each.withinDays === days);

export function cohortsTable({ cohorts }: FiguresReport, stage: ReachedStage): ReportTable {
  return {
    name: `cohorts-${stage}`,
    title: i18n.t('report.cohorts.title'),
    columns: [
      i18n.t('report.chart.month'),
      i18n.t('report.cohorts.handedOver'),
      ...WITHIN_DAYS.map((days) => i18n.t('report.cohorts.within', { days: String(days) })),
    ],
    rows: cohorts.map((cohort) => [
      monthName(cohort.month),
      cohort.size,
      ...WITHIN_DAYS.map((days) => {
        const reached = reachedBy(cohort, stage, days);
        return reached && cohort.size > 0 ? (100 * reached.leads) / cohort.size : null;
      }),
    ]),
  };
}

/** Of the latest month that has had the longest time. */
export function cohortsSentence(
  { cohorts, minimumCases }: FiguresReport,
  stage: ReachedStage,
  agreement: Agreement | undefined,
): string {
  for (const days of [90, 30] as const) {
    const latest = cohorts.findLast(
      (cohort) => cohort.size > 0 && reachedBy(cohort, stage, days)?.complete === true,
    );
    const leads = latest && reachedBy(latest, stage, days)?.leads;
    if (!latest || leads === undefined) continue;
    return sentences(
      i18n.t('report.cohorts.sentence', {
        size: format().number(latest.size),
        month: monthName(latest.month),
        leads: format().number(leads),
        stage: stageLabel(stage, agreement),
        days: String(days),
      }),
      fewWords(latest.size, minimumCases),
    );
  }
  return i18n.t('report.cohorts.none');
}
