import type { Stage } from '../../utils/contract/stage.ts';
import { Ban, Check, CircleUser, Heart, Inbox, Megaphone, RotateCcw, Sparkles, type Icon } from './icons.ts';

/** The sign of a stage, so that no stage is told by colour alone. */
export const stageIcons: Record<Stage, Icon> = {
  inquiry: Inbox,
  lead: CircleUser,
  mql: Megaphone,
  sal: Check,
  sql: Check,
  opportunity: Sparkles,
  customer: Heart,
  recycled: RotateCcw,
  disqualified: Ban,
};
