import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { OperationRow } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { given, givenNumber, useFilters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { SearchField } from '@/shared/console/search-field';
import { kConsoleKey } from '@/shared/console/session';
import { Empty } from '@/shared/ui/empty';
import { PageHead } from '@/shared/ui/page';
import { usePeopleTexts } from './texts';

export default function Operations() {
    const t = usePeopleTexts();
    const filters = useFilters('person', 'action');
    const { values, page } = filters;
    const query = useQuery({
        queryKey: [kConsoleKey, 'operations', values, page],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/operations', {
                    params: {
                        query: {
                            person: givenNumber(values.person),
                            action: given(values.action),
                            before: page,
                        },
                    },
                }),
            ),
        placeholderData: keepPreviousData,
    });
    return (
        <>
            <PageHead title={t('operations')} />
            <div className="filters">
                <SearchField
                    label={t('person_filter')}
                    value={values.person}
                    onSearch={(person) => filters.set({ person })}
                />
                <SearchField
                    label={t('action_filter')}
                    value={values.action}
                    onSearch={(action) => filters.set({ action })}
                />
            </div>
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.operations}
                empty={<Empty text={t('no_operations')} />}
            >
                {(rows) => <Rows rows={rows} />}
            </PagedList>
        </>
    );
}

function textOf(details: unknown): string {
    if (details === null || details === undefined || details === '') return '';
    return typeof details === 'string' ? details : JSON.stringify(details, null, 2);
}

function Rows({ rows }: { rows: OperationRow[] }) {
    const t = usePeopleTexts();
    return (
        <DataTable<OperationRow>
            caption={t('operations')}
            rows={rows}
            rowKey={(one) => one.id}
            columns={[
                { title: t('at'), cell: (one) => <When time={one.at} /> },
                {
                    title: t('who'),
                    cell: (one) =>
                        one.person ? (
                            <Link to={`/console/people/${one.person}`}>
                                {one.person_name || one.person}
                            </Link>
                        ) : (
                            t('nobody')
                        ),
                },
                { title: t('action'), cell: (one) => <code>{one.action}</code> },
                { title: t('object'), cell: (one) => one.object },
                {
                    title: t('result'),
                    cell: (one) => (
                        <span className={`tag ${one.result === 'ok' ? 'good' : 'bad'}`}>
                            {one.result}
                        </span>
                    ),
                },
                { title: t('address'), cell: (one) => one.address },
                {
                    title: t('details'),
                    cell: (one) => (
                        <details>
                            <summary>
                                {t('request')} {one.request_id}
                            </summary>
                            {textOf(one.details) && (
                                <pre className="report">{textOf(one.details)}</pre>
                            )}
                        </details>
                    ),
                },
            ]}
        />
    );
}
