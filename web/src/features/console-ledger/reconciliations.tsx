import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import type { ReconciliationRow } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { useNumber, When } from '@/shared/console/figures';
import { useFilters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { ChoiceField } from '@/shared/console/search-field';
import { kConsoleKey } from '@/shared/console/session';
import { useServerText } from '@/shared/i18n/texts';
import { useBanks } from '@/shared/money/banks';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { usePageTitle } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { DayField } from './day-field';
import { hasEnded, lookOf, useStanding } from './run';
import { Sections } from './sections';
import { useLedgerTexts } from './texts';

const kAgainMs = 1000;

export default function Reconciliations() {
    const t = useLedgerTexts();
    const filters = useFilters();
    const query = useQuery({
        queryKey: [kConsoleKey, 'reconciliations', filters.page],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/reconciliations', {
                    params: { query: { before: filters.page } },
                }),
            ),
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) =>
            state.data?.reconciliations.every(hasEnded) === false ? kAgainMs : false,
    });
    usePageTitle(t('reconciliations'));
    return (
        <>
            <div className="page-head">
                <h1>{t('reconciliations')}</h1>
                <p className="muted">{t('reconciliations_about')}</p>
            </div>
            <Sections />
            <Run />
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.reconciliations}
                empty={<Empty text={t('no_reconciliations')} />}
            >
                {(rows) => <Rows rows={rows} />}
            </PagedList>
        </>
    );
}

function Run() {
    const t = useLedgerTexts();
    const text = useServerText();
    const navigate = useNavigate();
    const asked = useBanks();
    const banks = asked.data ?? [];
    const [bank, setBank] = useState('');
    const [day, setDay] = useState('');
    const chosen = Number(bank || banks[0]?.bank);
    const run = useChange<void, ReconciliationRow>({
        run: () => ask(staffApi.POST('/api/v1/reconciliations', { body: { bank: chosen, day } })),
        then: (begun) => navigate(`/console/ledger/reconciliations/${begun.reconciliation}`),
    });
    if (asked.data?.length === 0) return <p className="note">{t('no_banks')}</p>;
    return (
        <>
            <div className="filters">
                <ChoiceField
                    label={t('bank')}
                    value={bank || String(chosen)}
                    choices={banks.map((one) => ({
                        value: String(one.bank),
                        label: text(one.name),
                    }))}
                    onChoose={setBank}
                />
                <DayField label={t('day')} value={day} onChange={setDay} />
                <Button
                    busy={run.isPending}
                    disabled={day === '' || !(chosen > 0)}
                    onClick={() => run.mutate()}
                >
                    {t('run')}
                </Button>
            </div>
            {run.error && <Problem error={run.error} />}
        </>
    );
}

function Rows({ rows }: { rows: ReconciliationRow[] }) {
    const t = useLedgerTexts();
    const text = useServerText();
    const number = useNumber();
    const standing = useStanding();
    return (
        <DataTable<ReconciliationRow>
            caption={t('reconciliations')}
            rows={rows}
            rowKey={(one) => one.reconciliation}
            columns={[
                {
                    title: t('day'),
                    cell: (one) => (
                        <Link to={`/console/ledger/reconciliations/${one.reconciliation}`}>
                            {text(one.bank_name)} · {one.day}
                        </Link>
                    ),
                },
                { title: t('made_at'), cell: (one) => <When time={one.started_at} /> },
                { title: t('lines'), cell: (one) => number(one.lines), numeric: true },
                { title: t('matched'), cell: (one) => number(one.matched), numeric: true },
                {
                    title: t('result'),
                    cell: (one) => <span className={`tag ${lookOf(one)}`}>{standing(one)}</span>,
                },
            ]}
        />
    );
}
