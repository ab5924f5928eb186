import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { Person } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { When } from '@/shared/console/figures';
import { given, useFilters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { SearchField } from '@/shared/console/search-field';
import { kConsoleKey } from '@/shared/console/session';
import { Button, ButtonLink } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { usePageTitle } from '@/shared/ui/page';
import { ImportPeople } from './import-people';
import { PersonTag, RoleTags } from './parts';
import { usePeopleTexts } from './texts';

export default function People() {
    const t = usePeopleTexts();
    const filters = useFilters('query');
    const [importing, setImporting] = useState(false);
    const query = useQuery({
        queryKey: [kConsoleKey, 'people', filters.values, filters.page],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/people', {
                    params: { query: { query: given(filters.values.query), before: filters.page } },
                }),
            ),
        placeholderData: keepPreviousData,
    });
    usePageTitle(t('people'));
    return (
        <>
            <div className="page-head with-actions">
                <h1>{t('people')}</h1>
                <div className="row">
                    <Button look="plain" onClick={() => setImporting(true)}>
                        {t('import_people')}
                    </Button>
                    <ButtonLink to="/console/people/new">{t('new_staff')}</ButtonLink>
                </div>
            </div>
            <div className="filters">
                <SearchField
                    label={t('search')}
                    value={filters.values.query}
                    onSearch={(text) => filters.set({ query: text })}
                />
            </div>
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.people}
                empty={<Empty text={t('none')} />}
            >
                {(rows) => <Rows rows={rows} />}
            </PagedList>
            <EditDrawer
                title={t('import_people')}
                open={importing}
                onClose={() => setImporting(false)}
            >
                <ImportPeople onClose={() => setImporting(false)} />
            </EditDrawer>
        </>
    );
}

function Rows({ rows }: { rows: Person[] }) {
    const t = usePeopleTexts();
    return (
        <DataTable<Person>
            caption={t('people')}
            rows={rows}
            rowKey={(one) => one.id}
            columns={[
                {
                    title: t('username'),
                    cell: (one) => (
                        <Link to={`/console/people/${one.id}`}>
                            {one.username || `${t('number')} ${one.id}`}
                        </Link>
                    ),
                },
                { title: t('nickname'), cell: (one) => one.nickname },
                { title: t('number'), cell: (one) => one.id },
                {
                    title: t('contact'),
                    cell: (one) =>
                        [one.mobile_masked, one.email_masked].filter(Boolean).join(' · '),
                },
                { title: t('roles'), cell: (one) => <RoleTags roles={one.roles} /> },
                { title: t('created_at'), cell: (one) => <When time={one.created_at} /> },
                { title: t('state'), cell: (one) => <PersonTag person={one} /> },
            ]}
        />
    );
}
