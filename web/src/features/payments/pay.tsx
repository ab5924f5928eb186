// Paying for an order, from choosing a bank to the tickets. It follows the order: whatever happens
// at the bank or here shows at once.
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import type { Order } from '@/api/types';
import { useCampaigns } from '@/shared/catalogue/campaigns';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { isMoving, useOrder } from '@/shared/orders/order';
import { formatDateTime } from '@/shared/time/format';
import { useServerTime } from '@/shared/time/use-server-time';
import { Button } from '@/shared/ui/button';
import { Countdown } from '@/shared/ui/countdown';
import { Money } from '@/shared/ui/money';
import { Loaded, PageHead } from '@/shared/ui/page';
import { OrderTag } from '@/shared/ui/tags';
import { usePayments, useStartPayment, type Payment } from './api';
import { Cashier } from './cashier';
import { Choose } from './choose';
import { HandingIn, useHandIn } from './hand-in';
import { LastFailure, Outcome, Surplus } from './outcome';
import { openCashier, phaseOf } from './phase';
import { usePaymentTexts } from './texts';
import '@/shared/ui/options.css';
import './payments.css';

export default function PayPage() {
    const query = useOrder(Number(useParams().order));
    return <Loaded query={query}>{(order) => <Pay order={order} />}</Loaded>;
}

function Pay({ order }: { order: Order }) {
    const t = usePaymentTexts();
    const text = useServerText();
    const campaign = useCampaigns([order.campaign]).get(order.campaign);
    const query = usePayments(order.id, isMoving(order.state));
    return (
        <div className="stack pay">
            <p>
                <Link to={`/orders/${order.id}`}>{t('back_to_order')}</Link>
            </p>
            <PageHead title={t('title')}>
                <p>{campaign && text(campaign.name)}</p>
                <div className="row" role="status">
                    <OrderTag state={order.state} />
                    <span className="muted small number">{t('order', { id: order.id })}</span>
                </div>
            </PageHead>
            <Loaded query={query} height={260}>
                {(payments) => <Stage order={order} payments={payments} />}
            </Loaded>
        </div>
    );
}

function Stage({ order, payments }: { order: Order; payments: Payment[] }) {
    const edges = order.deadline ? [Date.parse(order.deadline)] : [];
    const phase = phaseOf(order, payments, useServerTime(...edges));
    const payable = phase === 'choose' || phase === 'cashier';
    return (
        <>
            <Surplus payments={payments} />
            {payable ? (
                <Payable order={order} payments={payments} />
            ) : (
                <Outcome order={order} phase={phase} payments={payments} />
            )}
        </>
    );
}

function Payable({ order, payments }: { order: Order; payments: Payment[] }) {
    const t = usePaymentTexts();
    const [choosing, setChoosing] = useState(false);
    const start = useStartPayment(order.id);
    const handIn = useHandIn(order.id);
    const open = openCashier(payments);
    const failure = handIn.busy || open ? null : <LastFailure payments={payments} />;
    const waiting = open && !choosing;
    return (
        <>
            <Due order={order} />
            {failure}
            <HandingIn handIn={handIn} />
            {!handIn.busy && waiting && (
                <Cashier
                    payment={open}
                    start={start}
                    onOther={() => {
                        start.reset();
                        setChoosing(true);
                    }}
                />
            )}
            {!waiting && (
                // It stays, unseen, so that what was chosen is still chosen afterwards.
                <div hidden={handIn.busy}>
                    <Choose
                        order={order}
                        start={start}
                        handIn={handIn}
                        onStarted={() => setChoosing(false)}
                    />
                </div>
            )}
            {open && choosing && (
                <div className="row">
                    <Button look="link" onClick={() => setChoosing(false)}>
                        {t('keep_waiting')}
                    </Button>
                </div>
            )}
        </>
    );
}

function Due({ order }: { order: Order }) {
    const t = usePaymentTexts();
    const language = useLanguage();
    return (
        <section className="card stack" aria-label={t('amount')}>
            <div className="row apart">
                <div>
                    <p className="muted small">{t('amount')}</p>
                    <p className="pay-amount">
                        <Money money={order.amount} />
                    </p>
                </div>
                {order.deadline && <Countdown until={order.deadline} label={t('until')} />}
            </div>
            {order.deadline && (
                <p className="muted small">
                    {t('deadline', { time: formatDateTime(order.deadline, language) })}
                </p>
            )}
        </section>
    );
}
