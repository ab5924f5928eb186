// The payments of an order, for the order's own page.
import type { Order } from '@/api/types';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { Amount } from '@/shared/money/amount';
import { PaymentTag } from '@/shared/money/states';
import { isMoving } from '@/shared/orders/order';
import { formatDateTime } from '@/shared/time/format';
import { Problem } from '@/shared/ui/problem';
import { usePayments, type Payment } from './api';
import { Surplus } from './outcome';
import { reasonOf } from './phase';
import { usePaymentTexts } from './texts';

export function OrderPayments({ order }: { order: Order }) {
    const t = usePaymentTexts();
    const query = usePayments(order.id, isMoving(order.state));
    if (query.error && !query.data) return <Problem error={query.error} />;
    const payments = query.data ?? [];
    if (payments.length === 0) return null;
    return (
        <section className="card stack" aria-labelledby="payments">
            <h2 id="payments">{t('payments')}</h2>
            <Surplus payments={payments} />
            <ul className="plain-list">
                {payments.map((one) => (
                    <li key={one.payment}>
                        <OnePayment payment={one} />
                    </li>
                ))}
            </ul>
        </section>
    );
}

function OnePayment({ payment }: { payment: Payment }) {
    const t = usePaymentTexts();
    const text = useServerText();
    const language = useLanguage();
    const ended = payment.state === 'failed' || payment.state === 'closed';
    const surplus = payment.use && payment.use !== 'order';
    return (
        <div className="stack tight">
            <div className="row apart">
                <span>
                    {text(payment.bank_name)} · {t(`short_${payment.way}` as 'short_token')}
                </span>
                <span className="row">
                    {surplus && (
                        <span className="tag warn">{t(`tag_${payment.use}` as 'tag_late')}</span>
                    )}
                    <PaymentTag state={payment.state} />
                </span>
            </div>
            <div className="row apart muted small">
                <span className="number">
                    {t('payment', { id: payment.payment })} ·{' '}
                    {formatDateTime(payment.started_at, language)}
                </span>
                <Amount amount={payment.captured || payment.amount} currency={payment.currency} />
            </div>
            {ended && <p className="small">{t(`reason_${reasonOf(payment)}`)}</p>}
            {payment.parked && <p className="small">{t('parked')}</p>}
        </div>
    );
}
