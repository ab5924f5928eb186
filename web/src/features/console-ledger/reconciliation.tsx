import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router-dom';
import type { Difference, Reconciliation } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { Figure, Figures, useNumber } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { useServerText } from '@/shared/i18n/texts';
import { Amount } from '@/shared/money/amount';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { useLedgerTexts } from './texts';

export default function ReconciliationPage() {
    const t = useLedgerTexts();
    const reconciliation = Number(useParams().reconciliation);
    const query = useQuery({
        queryKey: [kConsoleKey, 'reconciliation', reconciliation],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/reconciliations/{reconciliation}', {
                    params: { path: { reconciliation } },
                }),
            ),
    });
    usePageTitle(t('reconciliation', { id: reconciliation }));
    return (
        <>
            <p>
                <Link to="/console/ledger/reconciliations">{t('back')}</Link>
            </p>
            <h1>{t('reconciliation', { id: reconciliation })}</h1>
            <Loaded query={query}>{(data) => <Shown data={data} />}</Loaded>
        </>
    );
}

function Shown({ data }: { data: Reconciliation }) {
    const t = useLedgerTexts();
    const text = useServerText();
    const number = useNumber();
    return (
        <div className="stack">
            <p>
                {text(data.bank_name)} · {data.day}
            </p>
            <Figures>
                <Figure label={t('lines')}>{number(data.lines)}</Figure>
                <Figure label={t('matched')}>{number(data.matched)}</Figure>
                <Figure label={t('differences')}>{number(data.differences)}</Figure>
            </Figures>
            {data.items.length === 0 ? (
                <p className="note good">{t('no_differences')}</p>
            ) : (
                <Differences rows={data.items} />
            )}
        </div>
    );
}

function Differences({ rows }: { rows: Difference[] }) {
    const t = useLedgerTexts();
    const amount = (value: number | null, currency: string) =>
        value === null ? '–' : <Amount amount={value} currency={currency} />;
    return (
        <DataTable<Difference>
            caption={t('differences')}
            rows={rows}
            rowKey={(one, index) => `${index} ${one.reference}`}
            columns={[
                { title: t('kind'), cell: (one) => t(`kind_${one.kind}` as 'kind_line') },
                {
                    title: t('reference'),
                    cell: (one) => <span className="code small">{one.reference}</span>,
                },
                { title: t('ours'), cell: (one) => amount(one.ours, one.currency), numeric: true },
                {
                    title: t('banks'),
                    cell: (one) => amount(one.banks, one.currency),
                    numeric: true,
                },
                {
                    title: t('cause'),
                    cell: (one) => (
                        <span>
                            {one.cause}{' '}
                            <span className={`tag ${one.mends_itself ? '' : 'warn'}`}>
                                {one.mends_itself ? t('mends_itself') : t('for_person')}
                            </span>
                        </span>
                    ),
                },
            ]}
        />
    );
}
