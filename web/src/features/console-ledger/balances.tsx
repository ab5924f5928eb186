import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { Balance } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { kConsoleKey } from '@/shared/console/session';
import { Amount } from '@/shared/money/amount';
import { Empty } from '@/shared/ui/empty';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { useAccountName } from './account-name';
import { Sections } from './sections';
import { sumsOf } from './sums';
import { useLedgerTexts } from './texts';

const kAgainMs = 10_000;

export default function Balances() {
    const t = useLedgerTexts();
    const query = useQuery({
        queryKey: [kConsoleKey, 'balances'],
        queryFn: () => ask(staffApi.GET('/api/v1/ledger/balances')),
        refetchInterval: kAgainMs,
    });
    usePageTitle(t('ledger'));
    return (
        <>
            <div className="page-head">
                <h1>{t('ledger')}</h1>
                <p className="muted">{t('about')}</p>
            </div>
            <Sections />
            <Loaded query={query}>
                {({ balances }) =>
                    balances.length === 0 ? (
                        <Empty text={t('no_balances')} />
                    ) : (
                        <Shown balances={balances} />
                    )
                }
            </Loaded>
        </>
    );
}

function Shown({ balances }: { balances: Balance[] }) {
    const t = useLedgerTexts();
    const nameOf = useAccountName();
    const even = [...sumsOf(balances).values()].every((sum) => sum === 0);
    return (
        <div className="stack">
            <p className={`note ${even ? 'good' : 'bad'}`} role="status">
                {even ? t('sum_zero') : t('sum_not_zero')}
            </p>
            <DataTable<Balance>
                caption={t('balances')}
                rows={balances}
                rowKey={(one) => `${one.account} ${one.currency}`}
                columns={[
                    {
                        title: t('account'),
                        cell: (one) => (
                            <Link
                                to={`/console/ledger/entries?account=${encodeURIComponent(one.account)}`}
                                aria-label={t('entries_of', { account: nameOf(one) })}
                            >
                                {nameOf(one)}
                            </Link>
                        ),
                    },
                    {
                        title: t('debit'),
                        cell: (one) => <Amount amount={one.debit} currency={one.currency} />,
                        numeric: true,
                    },
                    {
                        title: t('credit'),
                        cell: (one) => <Amount amount={one.credit} currency={one.currency} />,
                        numeric: true,
                    },
                    {
                        title: t('balance'),
                        cell: (one) => (
                            <b>
                                <Amount amount={one.balance} currency={one.currency} />
                            </b>
                        ),
                        numeric: true,
                    },
                ]}
            />
        </div>
    );
}
