import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { SessionRow } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { given, givenNumber, useFilters } from '@/shared/console/filters';
import { useOrganiserChoices } from '@/shared/console/organisers';
import { PagedList } from '@/shared/console/paged-list';
import { ChoiceField, SearchField } from '@/shared/console/search-field';
import { kConsoleKey } from '@/shared/console/session';
import { StateTag } from '@/shared/console/state-tag';
import { useConsoleTexts } from '@/shared/console/texts';
import { useServerText } from '@/shared/i18n/texts';
import { ButtonLink } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { usePageTitle } from '@/shared/ui/page';
import { givenState, kSessionStates } from './states';
import { useSessionTexts } from './texts';

export default function Sessions() {
    const t = useSessionTexts();
    const console = useConsoleTexts();
    const filters = useFilters('query', 'state', 'organiser');
    const organisers = useOrganiserChoices();
    const { values, page } = filters;
    const query = useQuery({
        queryKey: [kConsoleKey, 'sessions', values, page],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/sessions', {
                    params: {
                        query: {
                            query: given(values.query),
                            state: givenState(values.state),
                            organiser: givenNumber(values.organiser),
                            before: page,
                        },
                    },
                }),
            ),
        placeholderData: keepPreviousData,
    });
    usePageTitle(t('sessions'));
    return (
        <>
            <div className="page-head with-actions">
                <h1>{t('sessions')}</h1>
                <ButtonLink to="/console/sessions/new">{t('new_session')}</ButtonLink>
            </div>
            <div className="filters">
                <SearchField
                    label={t('search')}
                    value={values.query}
                    onSearch={(text) => filters.set({ query: text })}
                />
                <ChoiceField
                    label={console('state')}
                    value={values.state}
                    choices={[
                        { value: '', label: console('any') },
                        ...kSessionStates.map((state) => ({
                            value: state,
                            label: console(`state_${state}`),
                        })),
                    ]}
                    onChoose={(state) => filters.set({ state })}
                />
                <ChoiceField
                    label={console('organiser')}
                    value={values.organiser}
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
                rowsOf={(data) => data.sessions}
                empty={<Empty text={t('no_sessions')} />}
            >
                {(rows) => <Rows rows={rows} />}
            </PagedList>
        </>
    );
}

function Rows({ rows }: { rows: SessionRow[] }) {
    const t = useSessionTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    return (
        <DataTable<SessionRow>
            caption={t('sessions')}
            rows={rows}
            rowKey={(one) => one.id}
            columns={[
                {
                    title: t('show'),
                    cell: (one) => (
                        <Link to={`/console/sessions/${one.id}`}>
                            {text(one.show.name)} · {one.id}
                        </Link>
                    ),
                },
                { title: console('organiser'), cell: (one) => text(one.organiser.name) },
                { title: t('venue'), cell: (one) => text(one.venue) },
                { title: t('starts_at'), cell: (one) => <When time={one.starts_at} /> },
                { title: console('state'), cell: (one) => <StateTag state={one.state} /> },
            ]}
        />
    );
}
