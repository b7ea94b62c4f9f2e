import { i18n } from '../../../ui/i18n.ts';
import type { AgreementPreview } from '../../../../utils/contract/agreement-preview.ts';
import { format } from '../../../ui/language.ts';

type Row = AgreementPreview['stages'][number];

/** What matters most about a preview, in one sentence. */
export function previewSentence({ leads, stages }: AgreementPreview): string {
  const { number } = format();
  const [most] = stages
    .filter(({ present, proposed }) => present !== proposed)
    .toSorted((one, other) => distance(other) - distance(one));
  if (leads === 0) return i18n.t('agreement.preview.nobody');
  if (!most) return i18n.t('agreement.preview.same', { leads: number(leads) });
  const stage = i18n.t(`stage.short.${most.stage}`);
  if (most.proposed === null) return i18n.t('agreement.preview.free', { stage });
  const counts = { stage, leads: number(leads), proposed: number(most.proposed) };
  if (most.present === null) return i18n.t('agreement.preview.asks', counts);
  return i18n.t('agreement.preview.sentence', { ...counts, present: number(most.present) });
}

const distance = ({ present, proposed }: Row) =>
  present === null || proposed === null ? Infinity : Math.abs(present - proposed);
