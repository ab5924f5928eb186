import { useInfiniteQuery } from '@tanstack/react-query';
import type { Entry } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { given, givenNumber, useFilters } from '@/shared/console/filters';
import { SearchField } from '@/shared/console/search-field';
import { kConsoleKey } from '@/shared/console/session';
import { useConsoleTexts } from '@/shared/console/texts';
import { Amount } from '@/shared/money/amount';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { useAccountName } from './account-name';
import { DayField } from './day-field';
import { Sections } from './sections';
import { useLedgerTexts } from './texts';

export default function Entries() {
    const t = useLedgerTexts();
    const console = useConsoleTexts();
    const nameOf = useAccountName();
    const filters = useFilters('account', 'order', 'day');
    const { values } = filters;
    const query = useInfiniteQuery({
        queryKey: [kConsoleKey, 'entries', values],
        queryFn: ({ pageParam }) =>
            ask(
                staffApi.GET('/api/v1/ledger/entries', {
                    params: {
                        query: {
                            account: given(values.account),
                            order: givenNumber(values.order),
                            day: given(values.day),
                            before: given(pageParam),
                        },
                    },
                }),
            ),
        initialPageParam: '',
        getNextPageParam: (page) => page.next ?? undefined,
    });
    const name = query.data?.pages[0]?.entries[0]?.name;
    usePageTitle(t('entries'));
    return (
        <>
            <div className="page-head">
                <h1>{t('entries')}</h1>
                {values.account !== '' && <p>{nameOf({ account: values.account, name })}</p>}
            </div>
            <Sections />
            <div className="filters">
                <SearchField
                    label={t('order')}
                    value={values.order}
                    onSearch={(order) => filters.set({ order })}
                />
                <DayField
                    label={t('day')}
                    value={values.day}
                    onChange={(day) => filters.set({ day })}
                />
                {filters.any && (
                    <Button look="link" onClick={filters.clear}>
                        {console('clear_filters')}
                    </Button>
                )}
            </div>
            <Loaded query={query}>
                {(data) => <Rows rows={data.pages.flatMap((page) => page.entries)} />}
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

function Rows({ rows }: { rows: Entry[] }) {
    const t = useLedgerTexts();
    const nameOf = useAccountName();
    if (rows.length === 0) return <Empty text={t('no_entries')} />;
    const about = (one: Entry) =>
        [
            one.session && t('of_session', { id: one.session }),
            one.order && t('of_order', { id: one.order }),
            one.payment && t('of_payment', { id: one.payment }),
            one.refund && t('of_refund', { id: one.refund }),
            one.stray && t('of_stray', { id: one.stray }),
        ]
            .filter(Boolean)
            .join(' · ');
    return (
        <DataTable<Entry>
            caption={t('entries')}
            rows={rows}
            rowKey={(one) => one.entry}
            columns={[
                { title: t('at'), cell: (one) => <When time={one.at} /> },
                { title: t('account'), cell: nameOf },
                { title: t('about_what'), cell: about },
                {
                    title: t('amount'),
                    cell: (one) => <Amount amount={one.amount} currency={one.currency} />,
                    numeric: true,
                },
            ]}
        />
    );
}
