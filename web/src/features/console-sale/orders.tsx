import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router-dom';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DownloadButton } from '@/shared/console/download-button';
import { given, useFilters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { ChoiceField } from '@/shared/console/search-field';
import { kConsoleKey } from '@/shared/console/session';
import { useConsoleTexts } from '@/shared/console/texts';
import { useLanguage } from '@/shared/i18n/language';
import { ButtonLink } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { PageHead } from '@/shared/ui/page';
import { useSharedTexts } from '@/shared/ui/texts';
import { OrderRows } from './order-rows';
import { useSaleTexts } from './texts';

const kStates = ['reserved', 'completed', 'cancelled', 'expired', 'refunded'] as const;

export default function Orders() {
    const t = useSaleTexts();
    const console = useConsoleTexts();
    const shared = useSharedTexts();
    const session = Number(useParams().session);
    const filters = useFilters('state');
    const { values, page } = filters;
    const query = useQuery({
        queryKey: [kConsoleKey, 'orders', session, values, page],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/sessions/{session}/orders', {
                    params: {
                        path: { session },
                        query: { state: given(values.state), before: page },
                    },
                }),
            ),
        placeholderData: keepPreviousData,
    });
    const title = t('orders_of', { session });
    const language = `?language=${useLanguage()}`;
    return (
        <>
            <PageHead title={title} />
            <div className="filters">
                <ChoiceField
                    label={console('state')}
                    value={values.state}
                    choices={[
                        { value: '', label: console('any') },
                        ...kStates.map((state) => ({
                            value: state,
                            label: shared(`order_${state}`),
                        })),
                    ]}
                    onChoose={(state) => filters.set({ state })}
                />
                <DownloadButton path={`/api/v1/sessions/${session}/orders.csv${language}`}>
                    {t('as_csv')}
                </DownloadButton>
                <DownloadButton path={`/api/v1/sessions/${session}/orders.xlsx${language}`}>
                    {t('as_xlsx')}
                </DownloadButton>
                <ButtonLink look="link" to={`/console/sessions/${session}`}>
                    {t('session')}
                </ButtonLink>
            </div>
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.orders}
                empty={<Empty text={t('no_orders')} />}
            >
                {(rows) => <OrderRows rows={rows} caption={title} />}
            </PagedList>
        </>
    );
}
