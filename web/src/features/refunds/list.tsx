import { Button, ButtonLink } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded, PageHead } from '@/shared/ui/page';
import { useRefunds } from './api';
import { RefundCard } from './refund-card';
import { useRefundTexts } from './texts';
import './refunds.css';

export default function RefundsPage() {
    const t = useRefundTexts();
    const query = useRefunds();
    return (
        <>
            <PageHead title={t('list')} />
            <Loaded query={query}>
                {(data) => {
                    const refunds = data.pages.flatMap((page) => page.refunds);
                    if (refunds.length === 0)
                        return (
                            <Empty text={`${t('no_refunds')} · ${t('no_refunds_text')}`}>
                                <ButtonLink to="/orders">{t('back_to_orders')}</ButtonLink>
                            </Empty>
                        );
                    return (
                        <ul className="plain-list">
                            {refunds.map((one) => (
                                <li key={one.refund}>
                                    <RefundCard refund={one} />
                                </li>
                            ))}
                        </ul>
                    );
                }}
            </Loaded>
            {query.hasNextPage && (
                <Button
                    look="plain"
                    busy={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                >
                    {t('more')}
                </Button>
            )}
        </>
    );
}
