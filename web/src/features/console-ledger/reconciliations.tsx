import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import type { Reconciliation, ReconciliationRow } from '@/api/money';
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
import { Sections } from './sections';
import { useLedgerTexts } from './texts';

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
    const banks = useBanks().data ?? [];
    const [bank, setBank] = useState('');
    const [day, setDay] = useState('');
    const chosen = Number(bank || banks[0]?.bank);
    const run = useChange<void, Reconciliation>({
        run: () => ask(staffApi.POST('/api/v1/reconciliations', { body: { bank: chosen, day } })),
        done: (done) => t('ran', { count: done.differences }),
        then: (done) => navigate(`/console/ledger/reconciliations/${done.reconciliation}`),
    });
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
                { title: t('made_at'), cell: (one) => <When time={one.made_at} /> },
                { title: t('lines'), cell: (one) => number(one.lines), numeric: true },
                { title: t('matched'), cell: (one) => number(one.matched), numeric: true },
                {
                    title: t('differences'),
                    cell: (one) => (
                        <span className={`tag ${one.differences === 0 ? 'good' : 'bad'}`}>
                            {one.differences === 0 ? t('clean') : number(one.differences)}
                        </span>
                    ),
                },
            ]}
        />
    );
}
