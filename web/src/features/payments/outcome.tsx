// What became of a payment, in words, and what can be done now.
import type { ReactNode } from 'react';
import type { Order } from '@/api/types';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { formatMoney } from '@/shared/time/format';
import { ButtonLink } from '@/shared/ui/button';
import type { Payment } from './api';
import { lastFailure, reasonOf, surplusOf, type Phase } from './phase';
import { usePaymentTexts } from './texts';

type Ended = Exclude<Phase, 'choose' | 'cashier'>;
const kLooks: Record<Ended, string> = {
    taking: '',
    done: 'good',
    given_back: '',
    failed: 'bad',
    closing: 'warn',
    expired: 'warn',
    cancelled: '',
};

export function Outcome({
    order,
    phase,
    payments,
}: {
    order: Order;
    phase: Phase;
    payments: Payment[];
}) {
    const t = usePaymentTexts();
    if (phase === 'choose' || phase === 'cashier') return null;
    const words: Record<Ended, [string, string]> = {
        taking: [t('taking'), t('taking_text')],
        done: [t('done'), t('done_text')],
        given_back: [
            order.state === 'refunded' ? t('given_back') : t('giving_back'),
            t('given_back_text'),
        ],
        failed: [t('failed'), t('failed_final')],
        closing: [t('closing'), t('closing_text')],
        expired: [t('expired'), t('expired_text')],
        cancelled: [t('cancelled'), t('cancelled_text')],
    };
    const [title, text] = words[phase];
    const failure = phase === 'failed' ? lastFailure(payments) : null;
    return (
        <section className="stack">
            <div className={`note ${kLooks[phase]} stack tight`} role="status">
                <h2>
                    {phase === 'taking' && <span className="pulse" aria-hidden="true" />} {title}
                </h2>
                {failure && <p>{t(`reason_${reasonOf(failure)}`)}</p>}
                <p>{text}</p>
            </div>
            <Next order={order} phase={phase} />
        </section>
    );
}

function Next({ order, phase }: { order: Order; phase: Ended }): ReactNode {
    const t = usePaymentTexts();
    const ticket = order.tickets?.[0];
    switch (phase) {
        case 'done':
            return (
                <div className="row">
                    <ButtonLink to={ticket ? `/tickets/${ticket.id}` : '/tickets'}>
                        {ticket ? t('view_ticket') : t('my_tickets')}
                    </ButtonLink>
                    <ButtonLink look="plain" to={`/orders/${order.id}`}>
                        {t('back_to_order')}
                    </ButtonLink>
                </div>
            );
        case 'given_back':
            return (
                <div className="row">
                    <ButtonLink to="/refunds">{t('refunds')}</ButtonLink>
                </div>
            );
        case 'failed':
        case 'expired':
        case 'cancelled':
            return (
                <div className="row">
                    <ButtonLink to={`/campaigns/${order.campaign}`}>{t('buy_again')}</ButtonLink>
                </div>
            );
        case 'taking':
        case 'closing':
            return null;
    }
}

// The last try failed and the order can still be paid for.
export function LastFailure({ payments }: { payments: Payment[] }) {
    const t = usePaymentTexts();
    const failure = lastFailure(payments);
    if (!failure) return null;
    return (
        <div className="note bad stack tight" role="alert">
            <h2>{t('failed')}</h2>
            <p>{t(`reason_${reasonOf(failure)}`)}</p>
            <p>{t('failed_text')}</p>
        </div>
    );
}

// Money that came late, twice or wrong is told, with where it goes.
export function Surplus({ payments }: { payments: Payment[] }) {
    const t = usePaymentTexts();
    const text = useServerText();
    const language = useLanguage();
    const surplus = surplusOf(payments);
    if (surplus.length === 0) return null;
    return (
        <div className="note warn stack tight">
            {surplus.map((one) => (
                <p key={one.payment}>
                    {t(`use_${one.use}` as 'use_late', {
                        bank: text(one.bank_name),
                        amount: formatMoney(
                            { minor: one.captured, currency: one.currency },
                            language,
                        ),
                    })}
                </p>
            ))}
            <div className="row">
                <ButtonLink look="plain" to="/refunds">
                    {t('refunds')}
                </ButtonLink>
            </div>
        </div>
    );
}
