// What an order is for, in words: the campaign's and the tiers' names, where they are still known.
import type { Campaign } from '@/api/types';
import { useServerText } from '@/shared/i18n/texts';
import { Money } from '@/shared/ui/money';
import type { Order } from './api';
import { useOrderTexts } from './texts';

export function useOrderName(order: Order, campaign: Campaign | undefined): string {
    const t = useOrderTexts();
    const text = useServerText();
    return campaign ? text(campaign.name) : t('campaign', { id: order.campaign });
}

export function OrderLines({ order, campaign }: { order: Order; campaign: Campaign | undefined }) {
    const t = useOrderTexts();
    const text = useServerText();
    return (
        <ul className="plain-list">
            {order.lines.map((line) => {
                const tier = campaign?.tiers.find((one) => one.id === line.tier);
                const name = tier ? text(tier.name) : t('tier', { id: line.tier });
                return (
                    <li key={line.tier} className="row apart">
                        <span>{t('line', { name, count: line.quantity })}</span>
                        <Money money={line.unit_price} />
                    </li>
                );
            })}
        </ul>
    );
}
