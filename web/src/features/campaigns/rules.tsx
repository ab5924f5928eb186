import type { Campaign } from '@/api/types';
import { useCampaignTexts } from './texts';

// The limits that hold for everybody, in words.
export function RulesList({ campaign }: { campaign: Campaign }) {
    const t = useCampaignTexts();
    const single = campaign.one_per_person;
    const rules = [
        single && t('rule_single'),
        !single &&
            campaign.tickets_per_order > 0 &&
            t('rule_order', { count: campaign.tickets_per_order }),
        !single &&
            campaign.orders_per_person > 0 &&
            t('rule_orders', { count: campaign.orders_per_person }),
        !single &&
            campaign.tickets_per_person > 0 &&
            t('rule_tickets', { count: campaign.tickets_per_person }),
        campaign.tiers.some((tier) => tier.price.minor > 0) &&
            t('rule_hold', { count: campaign.hold_minutes }),
    ].filter(Boolean);
    if (rules.length === 0) return null;
    return (
        <div className="stack tight">
            <h2 className="small strong">{t('rules')}</h2>
            <ul className="muted small bullets">
                {rules.map((rule) => (
                    <li key={String(rule)}>{rule}</li>
                ))}
            </ul>
        </div>
    );
}
