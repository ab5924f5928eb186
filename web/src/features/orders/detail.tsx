import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useCampaigns } from '@/shared/catalogue/campaigns';
import { useLanguage } from '@/shared/i18n/language';
import { useOrder } from '@/shared/orders/order';
import { formatDateTime } from '@/shared/time/format';
import { Button, ButtonLink } from '@/shared/ui/button';
import { Countdown } from '@/shared/ui/countdown';
import { Dialog } from '@/shared/ui/dialog';
import { Money } from '@/shared/ui/money';
import { notify } from '@/shared/ui/notices';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { OrderTag } from '@/shared/ui/tags';
import { useCancelOrder, type Order } from './api';
import { OrderLines, useOrderName } from './summary';
import { useOrderTexts } from './texts';
import './orders.css';

// `money`: what other features have to say of the order's money.
export function OrderPage({ money }: { money: (order: Order) => ReactNode }) {
    const query = useOrder(Number(useParams().order));
    return (
        <Loaded query={query}>{(order) => <Detail order={order}>{money(order)}</Detail>}</Loaded>
    );
}

function Detail({ order, children }: { order: Order; children: ReactNode }) {
    const t = useOrderTexts();
    const language = useLanguage();
    const campaign = useCampaigns([order.campaign]).get(order.campaign);
    const name = useOrderName(order, campaign);
    return (
        <div className="stack">
            <p>
                <Link to="/orders">{t('back')}</Link>
            </p>
            <PageHead title={name}>
                <div className="row" role="status">
                    <OrderTag state={order.state} />
                    <span className="muted small number">{t('order', { id: order.id })}</span>
                </div>
            </PageHead>
            {order.state === 'reserved' && <Unpaid order={order} />}
            {order.state === 'expired' && <p className="note">{t('expired_text')}</p>}
            {order.state === 'cancelled' && <p className="note">{t('cancelled_text')}</p>}
            {order.state === 'failed' && <p className="note bad">{t('failed_text')}</p>}
            {order.state === 'paid' && <p className="note">{t('paid_text')}</p>}
            {order.tickets && order.tickets.length > 0 && <Tickets order={order} />}
            {children}
            <section className="card stack" aria-labelledby="lines">
                <h2 id="lines">{t('lines')}</h2>
                <OrderLines order={order} campaign={campaign} />
                <dl className="facts">
                    <dt>{t('amount')}</dt>
                    <dd className="strong">
                        <Money money={order.amount} />
                    </dd>
                    <dt>{t('placed_at')}</dt>
                    <dd>{formatDateTime(order.created_at, language)}</dd>
                </dl>
                <p className="row">
                    <Link to={`/campaigns/${order.campaign}`}>{t('to_campaign')}</Link>
                    <Link to={`/why?order=${order.id}`}>{t('why_order')}</Link>
                </p>
            </section>
        </div>
    );
}

function Tickets({ order }: { order: Order }) {
    const t = useOrderTexts();
    return (
        <section className="card stack" aria-labelledby="tickets">
            <h2 id="tickets">{t('tickets')}</h2>
            <ul className="plain-list">
                {order.tickets?.map((ticket) => (
                    <li key={ticket.id} className="row apart">
                        <span className="strong number">{ticket.code}</span>
                        <ButtonLink
                            look="plain"
                            to={`/tickets/${ticket.id}`}
                            aria-label={`${t('view_ticket')} ${ticket.code}`}
                        >
                            {t('view_ticket')}
                        </ButtonLink>
                    </li>
                ))}
            </ul>
        </section>
    );
}

function Unpaid({ order }: { order: Order }) {
    const t = useOrderTexts();
    const language = useLanguage();
    const cancel = useCancelOrder();
    const [asking, setAsking] = useState(false);
    const carryOut = () => {
        setAsking(false);
        cancel.mutate(order.id, {
            onSuccess: () => notify({ text: t('cancelled', { id: order.id }) }),
        });
    };
    return (
        <section className="card stack" aria-labelledby="pay">
            <h2 id="pay">{t('pay')}</h2>
            {order.deadline && (
                <>
                    <Countdown until={order.deadline} label={t('until_deadline')} />
                    <p>
                        {t('deadline')} {formatDateTime(order.deadline, language)}
                    </p>
                </>
            )}
            {cancel.error && <Problem error={cancel.error} />}
            <div className="row">
                <ButtonLink to={`/orders/${order.id}/pay`}>{t('pay_now')}</ButtonLink>
                <Button look="danger" busy={cancel.isPending} onClick={() => setAsking(true)}>
                    {t('cancel')}
                </Button>
            </div>
            <Dialog title={t('cancel_title')} open={asking} onClose={() => setAsking(false)}>
                <p>{t('cancel_text')}</p>
                <div className="row">
                    <Button look="danger" onClick={carryOut}>
                        {t('cancel_yes')}
                    </Button>
                    <Button look="plain" onClick={() => setAsking(false)}>
                        {t('keep')}
                    </Button>
                </div>
            </Dialog>
        </section>
    );
}
