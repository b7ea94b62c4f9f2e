import type { Address } from '../address.ts';
import { PlanForm } from '../plans/plan-form.tsx';
import { PlansView } from '../plans/plans-view.tsx';
import { CampaignList } from './campaign-list.tsx';
import { CampaignPage } from './campaign-page.tsx';

/** Campaigns: all of them, one, or what sales is asked about. */
export function CampaignsView({ address }: { address: Address }) {
  const [id, step] = address.path;
  if (id === undefined) return <CampaignList address={address} />;
  if (id !== 'plans') return <CampaignPage key={id} id={id} address={address} />;
  return step === 'new' ? <PlanForm campaignId={address.query.get('campaign')} /> : <PlansView />;
}
