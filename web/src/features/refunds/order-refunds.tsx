// The refunds of an order, for the order's own page, and the way to ask for one.
import type { Order } from '@/api/types';
import { ButtonLink } from '@/shared/ui/button';
import { Problem } from '@/shared/ui/problem';
import { useRefunds, useTerms } from './api';
import { RefundCard } from './refund-card';
import { useRefundTexts } from './texts';

export function OrderRefunds({ order }: { order: Order }) {
    const t = useRefundTexts();
    const query = useRefunds();
    // The newest are enough here; all of them are on their own page.
    const refunds = (query.data?.pages[0]?.refunds ?? []).filter((one) => one.order === order.id);
    const askable = order.state === 'completed';
    if (!askable && refunds.length === 0 && !query.error) return null;
    return (
        <section className="card stack" aria-labelledby="refunds">
            <h2 id="refunds">{t('of_order')}</h2>
            {query.error && !query.data && <Problem error={query.error} />}
            {askable && <OtherTickets order={order.id} />}
            {refunds.map((one) => (
                <RefundCard key={one.refund} refund={one} inOrder />
            ))}
            <div className="row">
                {askable && (
                    <ButtonLink look="plain" to={`/orders/${order.id}/refund`}>
                        {t('ask')}
                    </ButtonLink>
                )}
                <ButtonLink look="link" to="/refunds">
                    {t('list')}
                </ButtonLink>
            </div>
        </section>
    );
}

// A late payment got other tickets than were chosen: whether they are kept is the buyer's to say.
function OtherTickets({ order }: { order: number }) {
    const t = useRefundTexts();
    const terms = useTerms(order).data;
    if (!terms?.allowed || terms.cause !== 'replaced') return null;
    return (
        <div className="note warn stack tight">
            <p className="strong">{t('replaced')}</p>
            <p>{t('replaced_text')}</p>
        </div>
    );
}
