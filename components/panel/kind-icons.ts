import type { CampaignKind } from '../../utils/contract/campaign.ts';
import type { Channel } from '../../utils/contract/touchpoint.ts';
import {
  Calendar,
  FileText,
  Globe,
  Info,
  Mail,
  Megaphone,
  MessageSquare,
  Phone,
  Presentation,
  Store,
  type Icon,
} from '../ui/icons.ts';

/** The sign of a kind of campaign. */
export const campaignIcons: Record<CampaignKind, Icon> = {
  mail: Mail,
  webinar: Presentation,
  trade_fair: Store,
  whitepaper: FileText,
  ads: Megaphone,
  phone: Phone,
  other: Megaphone,
};

/** The sign of a channel. */
export const channelIcons: Record<Channel, Icon> = {
  email: Mail,
  web: Globe,
  event: Calendar,
  ads: Megaphone,
  phone: Phone,
  chat: MessageSquare,
  other: Info,
};
