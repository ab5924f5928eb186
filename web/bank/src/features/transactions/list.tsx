// Every transaction of the bank, newest first, by what they are about.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { useFilters, type Filters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { ChoiceField, SearchField } from '@/shared/console/search-field';
import { Empty } from '@/shared/ui/empty';
import { kKinds, type Page, type Transaction } from '~/api/types';
import { ask } from '~/shared/client';
import { DownloadButton, fetchFile } from '~/shared/download';
import { Money } from '~/shared/money';
import { PageHead } from '~/shared/page';
import { CustomerLink, DayField, Free } from '~/shared/pieces';
import { useBankTexts } from '~/shared/texts';
import { periodOf } from './period';
import { useTransactionTexts } from './texts';

const kPerPage = 25;
const kWords = ['customer', 'merchant', 'order', 'reference'] as const;
type Key = (typeof kWords)[number] | 'kind' | 'from' | 'to';

export default function TransactionsPage() {
    const t = useTransactionTexts();
    const words = useBankTexts();
    const filters = useFilters<Key>(
        'customer',
        'merchant',
        'kind',
        'order',
        'reference',
        'from',
        'to',
    );
    const { values } = filters;
    const asked = { ...values, ...periodOf(values.from, values.to) };
    const query = useQuery({
        queryKey: ['teller', 'transactions', values, filters.page],
        queryFn: () =>
            ask<Page<Transaction>>('teller', 'GET', '/api/v1/teller/transactions', {
                query: { ...asked, before: filters.page, max: kPerPage },
            }),
        placeholderData: keepPreviousData,
    });
    return (
        <>
            <PageHead title={t('transactions')} />
            <Narrow filters={filters} />
            <div className="filters">
                <DownloadButton
                    name="transactions.csv"
                    make={() => fetchFile('teller', '/api/v1/teller/transactions.csv', asked)}
                >
                    {words('csv')}
                </DownloadButton>
            </div>
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.items}
                empty={<Empty text={t('none')} />}
            >
                {(rows) => <Rows rows={rows} />}
            </PagedList>
        </>
    );
}

function Narrow({ filters }: { filters: Filters<Key> }) {
    const t = useTransactionTexts();
    const words = useBankTexts();
    const { values } = filters;
    const kinds = kKinds.map((one) => ({ value: one, label: words(`kind_${one}`) }));
    return (
        <div className="filters">
            <ChoiceField
                label={words('kind')}
                value={values.kind}
                choices={[{ value: '', label: words('all') }, ...kinds]}
                onChoose={(kind) => filters.set({ kind })}
            />
            <DayField
                label={words('from_day')}
                value={values.from}
                onChoose={(from) => filters.set({ from })}
            />
            <DayField
                label={words('to_day')}
                value={values.to}
                onChoose={(to) => filters.set({ to })}
            />
            <details className="more" open={kWords.some((name) => values[name] !== '')}>
                <summary>{t('more')}</summary>
                <div className="filters">
                    {kWords.map((name) => (
                        <SearchField
                            key={name}
                            label={name === 'customer' ? t('customer') : words(name)}
                            value={values[name]}
                            onSearch={(value) => filters.set({ [name]: value })}
                        />
                    ))}
                </div>
            </details>
        </div>
    );
}

function Rows({ rows }: { rows: Transaction[] }) {
    const t = useTransactionTexts();
    const words = useBankTexts();
    return (
        <DataTable<Transaction>
            caption={t('transactions')}
            rows={rows}
            rowKey={(one) => one.transaction}
            columns={[
                { title: words('transaction'), cell: (one) => one.transaction },
                { title: words('at'), cell: (one) => <When time={one.at} /> },
                { title: words('kind'), cell: (one) => words(`kind_${one.kind}`) },
                {
                    title: words('amount'),
                    cell: (one) => <Money amount={one.amount} currency={one.currency} />,
                    numeric: true,
                },
                { title: t('customer'), cell: (one) => <CustomerLink customer={one.customer} /> },
                {
                    title: words('merchant'),
                    cell: (one) => one.merchant && <Free>{one.merchant}</Free>,
                },
                { title: words('order'), cell: (one) => one.order && <Free>{one.order}</Free> },
                {
                    title: words('reference'),
                    cell: (one) => one.reference && <Free>{one.reference}</Free>,
                },
                {
                    title: words('note'),
                    cell: (one) => <Note one={one} />,
                },
            ]}
        />
    );
}

function Note({ one }: { one: Transaction }) {
    const t = useTransactionTexts();
    const parts = [one.note, one.teller && t('teller', { number: one.teller })].filter(Boolean);
    return parts.length === 0 ? null : <Free>{parts.join(' · ')}</Free>;
}
