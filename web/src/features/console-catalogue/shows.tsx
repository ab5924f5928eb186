import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { ConsoleShow } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { given, givenNumber, useFilters } from '@/shared/console/filters';
import { useOrganiserChoices } from '@/shared/console/organisers';
import { PagedList } from '@/shared/console/paged-list';
import { ChoiceField, SearchField } from '@/shared/console/search-field';
import { kConsoleKey } from '@/shared/console/session';
import { useConsoleTexts } from '@/shared/console/texts';
import { pictureAddress } from '@/shared/console/values';
import { useServerText } from '@/shared/i18n/texts';
import { ButtonLink } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { usePageTitle } from '@/shared/ui/page';
import { useCatalogueTexts } from './texts';

export default function Shows() {
    const t = useCatalogueTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const filters = useFilters('query', 'organiser');
    const organisers = useOrganiserChoices();
    const query = useQuery({
        queryKey: [kConsoleKey, 'shows', filters.values, filters.page],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/shows', {
                    params: {
                        query: {
                            state: 'all',
                            query: given(filters.values.query),
                            organiser: givenNumber(filters.values.organiser),
                            after: filters.page,
                        },
                    },
                }),
            ),
        placeholderData: keepPreviousData,
    });
    usePageTitle(t('shows'));
    return (
        <>
            <div className="page-head with-actions">
                <h1>{t('shows')}</h1>
                <ButtonLink to="/console/shows/new">{t('new_show')}</ButtonLink>
            </div>
            <div className="filters">
                <SearchField
                    label={t('search_shows')}
                    value={filters.values.query}
                    onSearch={(text) => filters.set({ query: text })}
                />
                <ChoiceField
                    label={console('organiser')}
                    value={filters.values.organiser}
                    choices={[
                        { value: '', label: console('any') },
                        ...organisers.map((one) => ({ ...one, value: String(one.value) })),
                    ]}
                    onChoose={(organiser) => filters.set({ organiser })}
                />
            </div>
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.shows}
                empty={<Empty text={t('no_shows')} />}
            >
                {(rows) => (
                    <DataTable<ConsoleShow>
                        caption={t('shows')}
                        rows={rows}
                        rowKey={(one) => one.id}
                        columns={[
                            {
                                title: t('picture'),
                                cell: (one) =>
                                    one.picture && (
                                        <img
                                            src={pictureAddress(one.picture)}
                                            alt=""
                                            className="thumb"
                                            loading="lazy"
                                        />
                                    ),
                            },
                            {
                                title: t('name'),
                                cell: (one) => (
                                    <Link to={`/console/shows/${one.id}`}>{text(one.name)}</Link>
                                ),
                            },
                            {
                                title: console('organiser'),
                                cell: (one) => text(one.organiser.name),
                            },
                            { title: t('venue'), cell: (one) => text(one.venue) },
                            { title: t('number'), cell: (one) => one.id },
                        ]}
                    />
                )}
            </PagedList>
        </>
    );
}
