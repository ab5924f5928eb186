import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router-dom';
import type { Difference, Reconciliation, ReconciliationRow } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { DownloadButton } from '@/shared/console/download-button';
import { Figure, Figures, useNumber, When } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { Amount } from '@/shared/money/amount';
import { Button } from '@/shared/ui/button';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { Differences } from './differences';
import { hasEnded, lookOf, useStanding } from './run';
import { useLedgerTexts } from './texts';

const kAgainMs = 500;

export default function ReconciliationPage() {
    const t = useLedgerTexts();
    const reconciliation = Number(useParams().reconciliation);
    const query = useInfiniteQuery({
        queryKey: [kConsoleKey, 'reconciliation', reconciliation],
        queryFn: ({ pageParam }) =>
            ask(
                staffApi.GET('/api/v1/reconciliations/{reconciliation}', {
                    params: { path: { reconciliation }, query: { from: pageParam } },
                }),
            ),
        initialPageParam: 0,
        getNextPageParam: (page) => page.next ?? undefined,
        refetchInterval: ({ state }) => {
            const first = state.data?.pages[0];
            return first && !hasEnded(first) ? kAgainMs : false;
        },
    });
    usePageTitle(t('reconciliation', { id: reconciliation }));
    return (
        <>
            <p>
                <Link to="/console/ledger/reconciliations">{t('back')}</Link>
            </p>
            <h1>{t('reconciliation', { id: reconciliation })}</h1>
            <Loaded query={query}>
                {({ pages }) =>
                    pages[0] && <Shown run={pages[0]} items={pages.flatMap((page) => page.items)} />
                }
            </Loaded>
            {query.hasNextPage && (
                <Button
                    look="plain"
                    busy={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                >
                    {t('more')}
                </Button>
            )}
        </>
    );
}

function Shown({ run, items }: { run: Reconciliation; items: Difference[] }) {
    const t = useLedgerTexts();
    const language = useLanguage();
    const text = useServerText();
    const standing = useStanding();
    return (
        <div className="stack">
            <p>
                {text(run.bank_name)} · {run.day} ·{' '}
                <span className="muted">
                    <When time={run.started_at} />
                </span>
            </p>
            <p className={`note ${lookOf(run)}`} role="status">
                {standing(run)}
            </p>
            {run.state === 'done' && !run.day_was_over && (
                <p className="note warn">{t('day_not_over')}</p>
            )}
            {run.state === 'failed' && <Failure run={run} />}
            {run.state === 'done' && <Sums run={run} />}
            {items.length > 0 && (
                <>
                    <div className="row">
                        <DownloadButton
                            path={`/api/v1/reconciliations/${run.reconciliation}/items.csv?language=${language}`}
                        >
                            {t('as_csv')}
                        </DownloadButton>
                    </div>
                    <Differences rows={items} />
                </>
            )}
            {hasEnded(run) && <Again run={run} />}
        </div>
    );
}

function Failure({ run }: { run: ReconciliationRow }) {
    const t = useLedgerTexts();
    return (
        <div className="card stack">
            <p>{t(`trouble_${run.trouble ?? 'failed'}` as 'trouble_failed')}</p>
            {run.detail && <p className="small muted">{run.detail}</p>}
        </div>
    );
}

function Sums({ run }: { run: ReconciliationRow }) {
    const t = useLedgerTexts();
    const number = useNumber();
    const amount = (value: number) => <Amount amount={value} currency={run.currency} />;
    return (
        <Figures>
            <Figure label={t('lines')}>{number(run.lines)}</Figure>
            <Figure label={t('matched')}>{number(run.matched)}</Figure>
            <Figure label={t('differences')}>{number(run.differences)}</Figure>
            <Figure label={t('banks_in')}>{amount(run.banks_in)}</Figure>
            <Figure label={t('ours_in')}>{amount(run.ours_in)}</Figure>
            <Figure label={t('banks_out')}>{amount(run.banks_out)}</Figure>
            <Figure label={t('ours_out')}>{amount(run.ours_out)}</Figure>
        </Figures>
    );
}

// The same day once more, as a run of its own.
function Again({ run }: { run: ReconciliationRow }) {
    const t = useLedgerTexts();
    const navigate = useNavigate();
    const again = useChange<void, ReconciliationRow>({
        run: () =>
            ask(
                staffApi.POST('/api/v1/reconciliations', {
                    body: { bank: run.bank, day: run.day },
                }),
            ),
        then: (begun) => navigate(`/console/ledger/reconciliations/${begun.reconciliation}`),
    });
    return (
        <>
            {again.error && <Problem error={again.error} />}
            <div>
                <Button look="plain" busy={again.isPending} onClick={() => again.mutate()}>
                    {t('run_again')}
                </Button>
            </div>
        </>
    );
}
