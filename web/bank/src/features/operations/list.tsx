// What tellers did: who, when, what, to whom.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { useFilters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { Empty } from '@/shared/ui/empty';
import type { Operation, Page } from '~/api/types';
import { ask } from '~/shared/client';
import { PageHead } from '~/shared/page';
import { CustomerLink, Free } from '~/shared/pieces';
import { useBankTexts } from '~/shared/texts';
import { useOperationTexts } from './texts';

const kPerPage = 25;

export default function OperationsPage() {
    const t = useOperationTexts();
    const words = useBankTexts();
    const filters = useFilters();
    const query = useQuery({
        queryKey: ['teller', 'operations', filters.page],
        queryFn: () =>
            ask<Page<Operation>>('teller', 'GET', '/api/v1/teller/operations', {
                query: { before: filters.page, max: kPerPage },
            }),
        placeholderData: keepPreviousData,
    });
    return (
        <>
            <PageHead title={t('operations')} />
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.items}
                empty={<Empty text={t('none')} />}
            >
                {(rows) => (
                    <DataTable<Operation>
                        caption={t('operations')}
                        rows={rows}
                        rowKey={(one) => one.operation}
                        columns={[
                            { title: words('at'), cell: (one) => <When time={one.at} /> },
                            {
                                title: t('teller'),
                                cell: (one) => `${one.teller_name} (${one.teller})`,
                            },
                            { title: t('what'), cell: (one) => <What word={one.what} /> },
                            {
                                title: t('customer'),
                                cell: (one) => <CustomerLink customer={one.customer} />,
                            },
                            { title: t('detail'), cell: (one) => <Free>{one.detail}</Free> },
                        ]}
                    />
                )}
            </PagedList>
        </>
    );
}

const kKnown = [
    'add_customer',
    'change_customer',
    'delete_customer',
    'deposit',
    'withdrawal',
    'set_faults',
    'send_callback',
    'put_teller',
] as const;

function What({ word }: { word: string }) {
    const t = useOperationTexts();
    const known = kKnown.find((one) => one === word);
    return <>{known ? t(known) : word}</>;
}
