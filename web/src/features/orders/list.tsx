import { useCallback } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import type { Campaign } from '@/api/types';
import { ApiError } from '@/shared/api/errors';
import { useCampaigns } from '@/shared/catalogue/campaigns';
import { useLanguage } from '@/shared/i18n/language';
import { formatDateTime } from '@/shared/time/format';
import { Button, ButtonLink } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Money } from '@/shared/ui/money';
import { notify } from '@/shared/ui/notices';
import { Loaded, PageHead } from '@/shared/ui/page';
import { OrderTag } from '@/shared/ui/tags';
import { useSharedTexts } from '@/shared/ui/texts';
import { kStates, useOrders, type Order, type OrderState } from './api';
import { useHiding } from './hiding';
import { OrderLines, useOrderName } from './summary';
import { useOrderTexts } from './texts';
import './orders.css';

export default function OrdersPage() {
    const t = useOrderTexts();
    const [search, setSearch] = useSearchParams();
    const asked = search.get('state');
    const state = kStates.find((one) => one === asked) ?? null;
    const query = useOrders(state);
    return (
        <>
            <PageHead title={t('title')} />
            <Filter
                state={state}
                choose={(next) => setSearch(next ? { state: next } : {}, { replace: true })}
            />
            <Loaded query={query}>
                {(data) => (
                    <List
                        orders={data.pages.flatMap((page) => page.orders)}
                        more={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
                        loading={query.isFetchingNextPage}
                    />
                )}
            </Loaded>
        </>
    );
}

function Filter({
    state,
    choose,
}: {
    state: OrderState | null;
    choose: (state: OrderState | null) => void;
}) {
    const t = useOrderTexts();
    const shared = useSharedTexts();
    return (
        <div className="filter" role="group" aria-label={t('filter')}>
            {[null, ...kStates].map((one) => (
                <button
                    key={one ?? 'all'}
                    type="button"
                    aria-pressed={one === state}
                    onClick={() => choose(one)}
                >
                    {one ? shared(`order_${one}`) : t('all')}
                </button>
            ))}
        </div>
    );
}

function List({ orders, more, loading }: { orders: Order[]; more?: () => void; loading: boolean }) {
    const t = useOrderTexts();
    const shared = useSharedTexts();
    const campaigns = useCampaigns(orders.map((order) => order.campaign));
    const onFailure = useCallback((error: unknown) => {
        notify({ text: error instanceof ApiError ? error.message : String(error) });
    }, []);
    const { hidden, hide } = useHiding(onFailure);
    const shown = orders.filter((order) => !hidden.has(order.id));
    if (shown.length === 0 && !more)
        return (
            <Empty text={`${t('none')} · ${t('none_text')}`}>
                <ButtonLink to="/">{t('to_home')}</ButtonLink>
            </Empty>
        );
    return (
        <div className="stack">
            <ul className="plain-list">
                {shown.map((order) => (
                    <li key={order.id}>
                        <Item
                            order={order}
                            campaign={campaigns.get(order.campaign)}
                            hide={() => hide(order.id)}
                        />
                    </li>
                ))}
            </ul>
            {more && (
                <Button look="plain" busy={loading} onClick={more}>
                    {shared('more')}
                </Button>
            )}
        </div>
    );
}

function Item({
    order,
    campaign,
    hide,
}: {
    order: Order;
    campaign: Campaign | undefined;
    hide: () => void;
}) {
    const t = useOrderTexts();
    const language = useLanguage();
    const name = useOrderName(order, campaign);
    const final = ['completed', 'cancelled', 'expired', 'failed', 'refunded'].includes(order.state);
    return (
        <article className={`card stack tight order order-${order.state}`}>
            <div className="row apart">
                <h2 className="order-name">
                    <Link to={`/orders/${order.id}`}>{name}</Link>
                </h2>
                <OrderTag state={order.state} />
            </div>
            <OrderLines order={order} campaign={campaign} />
            <div className="row apart muted small">
                <span>{formatDateTime(order.created_at, language)}</span>
                <span className="strong">
                    <Money money={order.amount} />
                </span>
            </div>
            {order.deadline && (
                <p className="small">
                    {t('deadline')} {formatDateTime(order.deadline, language)}
                </p>
            )}
            <div className="row">
                {order.state === 'reserved' && (
                    <ButtonLink
                        to={`/orders/${order.id}/pay`}
                        aria-label={`${t('pay_now')}: ${name}`}
                    >
                        {t('pay_now')}
                    </ButtonLink>
                )}
                {order.tickets?.[0] && (
                    <ButtonLink look="plain" to={`/tickets/${order.tickets[0].id}`}>
                        {t('view_ticket')}
                    </ButtonLink>
                )}
                <ButtonLink
                    look="plain"
                    to={`/orders/${order.id}`}
                    aria-label={`${t('view')}: ${name}`}
                >
                    {t('view')}
                </ButtonLink>
                {order.amount.minor > 0 && ['completed', 'refunding'].includes(order.state) && (
                    <ButtonLink
                        look="plain"
                        to={`/orders/${order.id}/refund`}
                        aria-label={`${order.state === 'completed' ? t('refund') : t('refund_state')}: ${name}`}
                    >
                        {order.state === 'completed' ? t('refund') : t('refund_state')}
                    </ButtonLink>
                )}
                {final && (
                    <Button look="link" aria-label={`${t('remove')}: ${name}`} onClick={hide}>
                        {t('remove')}
                    </Button>
                )}
            </div>
        </article>
    );
}
