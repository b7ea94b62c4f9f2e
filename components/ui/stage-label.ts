import { i18n } from './i18n.ts';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { localText } from './language.ts';

/** The name of a stage in the agreement's words. */
export function stageLabel(stage: Stage, agreement: Agreement | undefined): string {
  const agreed = agreement?.stages.find((entry) => entry.stage === stage);
  return agreed ? localText(agreed.label) : i18n.t(`stage.name.${stage}`);
}
