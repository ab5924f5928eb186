import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { Payable, PayableSum, Payables as All } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { DownloadButton } from '@/shared/console/download-button';
import { Figure, Figures, useNumber } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { Amount } from '@/shared/money/amount';
import { formatDateTime } from '@/shared/time/format';
import { Empty } from '@/shared/ui/empty';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { Sections } from './sections';
import { useLedgerTexts } from './texts';

const kAgainMs = 10_000;

export default function Payables() {
    const t = useLedgerTexts();
    const language = `?language=${useLanguage()}`;
    const query = useQuery({
        queryKey: [kConsoleKey, 'payables'],
        queryFn: () => ask(staffApi.GET('/api/v1/ledger/payables')),
        refetchInterval: kAgainMs,
    });
    usePageTitle(t('payables'));
    return (
        <>
            <div className="page-head">
                <h1>{t('payables')}</h1>
                <p className="muted">{t('payables_about')}</p>
            </div>
            <Sections />
            <div className="filters">
                <DownloadButton path={`/api/v1/ledger/payables.csv${language}`}>
                    {t('as_csv')}
                </DownloadButton>
                <DownloadButton path={`/api/v1/ledger/payables.xlsx${language}`}>
                    {t('as_xlsx')}
                </DownloadButton>
            </div>
            <Loaded query={query}>
                {(all) =>
                    all.payables.length === 0 ? (
                        <Empty text={t('no_payables')} />
                    ) : (
                        <Shown all={all} />
                    )
                }
            </Loaded>
        </>
    );
}

function Shown({ all }: { all: All }) {
    const t = useLedgerTexts();
    return (
        <div className="stack">
            {all.sums.map((sum) => (
                <Sum key={sum.currency} sum={sum} />
            ))}
            {!all.complete && <p className="note">{t('payables_more')}</p>}
            <Rows rows={all.payables} />
        </div>
    );
}

function Sum({ sum }: { sum: PayableSum }) {
    const t = useLedgerTexts();
    const { currency } = sum;
    return (
        <Figures>
            <Figure label={t('sold')}>
                <Amount amount={sum.sold} currency={currency} />
            </Figure>
            <Figure label={t('refunded')}>
                <Amount amount={sum.refunded} currency={currency} />
            </Figure>
            <Figure label={t('fees')}>
                <Amount amount={sum.fees} currency={currency} />
            </Figure>
            <Figure label={t('owed')}>
                <Amount amount={sum.owed} currency={currency} />
            </Figure>
        </Figures>
    );
}

function Rows({ rows }: { rows: Payable[] }) {
    const t = useLedgerTexts();
    const text = useServerText();
    const language = useLanguage();
    const number = useNumber();
    const amount = (title: string, of: (one: Payable) => number) => ({
        title,
        cell: (one: Payable) => <Amount amount={of(one)} currency={one.currency} />,
        numeric: true,
    });
    return (
        <DataTable<Payable>
            caption={t('payables')}
            rows={rows}
            rowKey={(one) => `${one.organiser} ${one.session} ${one.currency}`}
            columns={[
                {
                    title: t('organiser'),
                    cell: (one) => `${text(one.name)} (${one.organiser})`,
                },
                {
                    title: t('session'),
                    cell: (one) => (
                        <span>
                            <Link to={`/console/sessions/${one.session}`}>
                                {text(one.show) || one.session}
                            </Link>
                            {one.starts_at && (
                                <>
                                    <br />
                                    <span className="muted small">
                                        {formatDateTime(one.starts_at, language)}
                                    </span>
                                </>
                            )}
                        </span>
                    ),
                },
                { title: t('orders'), cell: (one) => number(one.orders), numeric: true },
                amount(t('sold'), (one) => one.sold),
                amount(t('refunded'), (one) => one.refunded),
                amount(t('fees'), (one) => one.fees),
                amount(t('owed'), (one) => one.owed),
            ]}
        />
    );
}
