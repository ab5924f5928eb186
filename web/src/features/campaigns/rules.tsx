import type { Campaign } from '@/api/types';
import { useLanguage } from '@/shared/i18n/language';
import { formatDateTime } from '@/shared/time/format';
import { useCampaignTexts } from './texts';

// The limits that hold for everybody, in words.
export function RulesList({ campaign }: { campaign: Campaign }) {
    const t = useCampaignTexts();
    const language = useLanguage();
    const single = campaign.one_per_person;
    const paid = campaign.tiers.some((tier) => tier.price.minor > 0);
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
        paid && t('rule_hold', { count: campaign.hold_minutes }),
        paid && !campaign.refund_allowed && t('rule_no_refund'),
        paid &&
            campaign.refund_until &&
            t('rule_refund', {
                time: formatDateTime(campaign.refund_until, language),
                percent: Number(campaign.refund_fee_percent),
            }),
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
