// A customer's account: what is there, what is set aside, and everything that changed it.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { useFilters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { ChoiceField } from '@/shared/console/search-field';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { Empty } from '@/shared/ui/empty';
import { Loaded } from '@/shared/ui/page';
import { kKinds, type Customer, type Page, type StatementLine } from '~/api/types';
import { ask } from '~/shared/client';
import { DownloadButton } from '~/shared/download';
import { useMe } from '~/shared/me';
import { Change, Money } from '~/shared/money';
import { PageHead } from '~/shared/page';
import { Free } from '~/shared/pieces';
import { useBankTexts } from '~/shared/texts';
import { statementFile } from './statement-file';
import { useAccountTexts } from './texts';
import './account.css';

const kLinesPerPage = 20;

export default function AccountPage() {
    const t = useAccountTexts();
    const me = useMe();
    return (
        <>
            <PageHead title={t('title')} />
            <div className="stack loose">
                <Loaded query={me} height={120}>
                    {(customer) => <Balance customer={customer} />}
                </Loaded>
                <Statement />
            </div>
        </>
    );
}

function Balance({ customer }: { customer: Customer }) {
    const t = useAccountTexts();
    const words = useBankTexts();
    return (
        <section className="card balance" aria-label={t('balance')}>
            <dl>
                <div>
                    <dt>{words('available')}</dt>
                    <dd className="sum">
                        <Money amount={customer.available} currency={customer.currency} />
                    </dd>
                </div>
                <div>
                    <dt>{words('held')}</dt>
                    <dd className="sum">
                        <Money amount={customer.held} currency={customer.currency} />
                    </dd>
                </div>
            </dl>
            <p className="muted small">
                {t('held_why')} <Link to="/authorisations">{t('to_authorisations')}</Link>
            </p>
        </section>
    );
}

function Statement() {
    const t = useAccountTexts();
    const words = useBankTexts();
    const filters = useFilters('kind');
    const { kind } = filters.values;
    const query = useQuery({
        queryKey: ['customer', 'statement', kind, filters.page],
        queryFn: () =>
            ask<Page<StatementLine>>('customer', 'GET', '/api/v1/me/statement', {
                query: { kind, before: filters.page, max: kLinesPerPage },
            }),
        placeholderData: keepPreviousData,
    });
    return (
        <section className="stack" aria-labelledby="statement">
            <h2 id="statement">{t('statement')}</h2>
            <div className="filters">
                <ChoiceField
                    label={words('kind')}
                    value={kind}
                    choices={[
                        { value: '', label: words('all') },
                        ...kKinds.map((one) => ({ value: one, label: words(`kind_${one}`) })),
                    ]}
                    onChoose={(chosen) => filters.set({ kind: chosen })}
                />
                <DownloadButton name="statement.csv" make={() => statementFile(kind)}>
                    {words('csv')}
                </DownloadButton>
            </div>
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.items}
                empty={<Empty text={t('nothing')} />}
            >
                {(rows) => <Lines rows={rows} />}
            </PagedList>
        </section>
    );
}

function Lines({ rows }: { rows: StatementLine[] }) {
    const t = useAccountTexts();
    const words = useBankTexts();
    return (
        <DataTable<StatementLine>
            caption={t('statement')}
            rows={rows}
            rowKey={(line) => line.transaction}
            columns={[
                { title: words('at'), cell: (line) => <When time={line.at} /> },
                { title: words('kind'), cell: (line) => words(`kind_${line.kind}`) },
                { title: t('about'), cell: (line) => <About line={line} /> },
                {
                    title: words('amount'),
                    cell: (line) => <Amounts line={line} />,
                    numeric: true,
                },
                {
                    title: t('balance_after'),
                    cell: (line) => <Money amount={line.balance} />,
                    numeric: true,
                },
            ]}
        />
    );
}

// A payment by authorisation takes nothing of what is available: it was set aside before.
function Amounts({ line }: { line: StatementLine }) {
    const words = useBankTexts();
    return (
        <span className="amounts">
            <Change amount={line.amount} />
            {line.held !== 0 && (
                <span className="muted small">
                    {words('held')} <Change amount={line.held} />
                </span>
            )}
        </span>
    );
}

function About({ line }: { line: StatementLine }) {
    const words = useBankTexts();
    const parts = [
        line.merchant,
        line.order && `${words('order')} ${line.order}`,
        line.note,
        line.transaction,
    ];
    return <Free>{parts.filter(Boolean).join(' · ')}</Free>;
}
