// The bank's customers, found by the beginning of their names.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { DataTable } from '@/shared/console/data-table';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { When } from '@/shared/console/figures';
import { useFilters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { SearchField } from '@/shared/console/search-field';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import type { Customer, Page } from '~/api/types';
import { ask } from '~/shared/client';
import { Money } from '~/shared/money';
import { PageHead } from '~/shared/page';
import { CustomerTag, Free } from '~/shared/pieces';
import { useBankTexts } from '~/shared/texts';
import { AddCustomer } from './forms';
import { useCustomerTexts } from './texts';

const kPerPage = 25;

export default function CustomersPage() {
    const t = useCustomerTexts();
    const [adding, setAdding] = useState(false);
    const filters = useFilters('name');
    const { name } = filters.values;
    const query = useQuery({
        queryKey: ['teller', 'customers', name, filters.page],
        queryFn: () =>
            ask<Page<Customer>>('teller', 'GET', '/api/v1/teller/customers', {
                query: { name, after: filters.page, max: kPerPage },
            }),
        placeholderData: keepPreviousData,
    });
    return (
        <>
            <div className="page-head with-actions">
                <PageHead title={t('customers')} />
                <Button onClick={() => setAdding(true)}>{t('add')}</Button>
            </div>
            <div className="filters">
                <SearchField
                    label={t('name_begins')}
                    value={name}
                    onSearch={(value) => filters.set({ name: value })}
                />
            </div>
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.items}
                empty={<Empty text={t('none')} />}
            >
                {(rows) => <Rows rows={rows} />}
            </PagedList>
            <EditDrawer title={t('add')} open={adding} onClose={() => setAdding(false)}>
                <AddCustomer onClose={() => setAdding(false)} />
            </EditDrawer>
        </>
    );
}

function Rows({ rows }: { rows: Customer[] }) {
    const t = useCustomerTexts();
    const words = useBankTexts();
    return (
        <DataTable<Customer>
            caption={t('customers')}
            rows={rows}
            rowKey={(one) => one.customer}
            columns={[
                { title: t('number'), cell: (one) => one.customer },
                {
                    title: words('name'),
                    cell: (one) => (
                        <Link to={`/teller/customers/${one.customer}`}>
                            <Free>{one.name || one.customer}</Free>
                        </Link>
                    ),
                },
                { title: words('state'), cell: (one) => <CustomerTag state={one.state} /> },
                {
                    title: words('available'),
                    cell: (one) => <Money amount={one.available} currency={one.currency} />,
                    numeric: true,
                },
                {
                    title: words('held'),
                    cell: (one) => <Money amount={one.held} currency={one.currency} />,
                    numeric: true,
                },
                { title: t('since'), cell: (one) => <When time={one.created_at} /> },
            ]}
        />
    );
}
