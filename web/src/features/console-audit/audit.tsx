import { useQuery } from '@tanstack/react-query';
import type { AuditReport } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { Figure, Figures, useNumber, When } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { StateTag } from '@/shared/console/state-tag';
import { Button } from '@/shared/ui/button';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { useAuditTexts } from './texts';

const kRunningMs = 1000;
const kClauses = [
    ...(['T1', 'T3', 'T4', 'T5', 'T6', 'T8', 'C1', 'C2', 'S1'] as const),
    ...(['S2', 'S3', 'S4', 'D1', 'D2', 'D3', 'D4', 'D6', 'D7'] as const),
];

// A rule in words; a rule that this page does not know yet by its name.
function useClause(): (clause: string) => string {
    const t = useAuditTexts();
    return (clause) => {
        const known = kClauses.find((one) => one === clause);
        return known ? t(known) : clause;
    };
}

export default function Audit() {
    const t = useAuditTexts();
    const query = useQuery({
        queryKey: [kConsoleKey, 'audit'],
        queryFn: async () => (await ask(staffApi.GET('/api/v1/audit'))) as AuditReport,
        refetchInterval: ({ state }) => (state.data?.state === 'running' ? kRunningMs : false),
    });
    const start = useChange<void>({
        run: () => ask(staffApi.POST('/api/v1/audit')),
        done: () => t('started'),
    });
    return (
        <div className="stack">
            <PageHead title={t('audit')}>
                <p className="muted">{t('about')}</p>
            </PageHead>
            <Loaded query={query}>
                {(audit) => (
                    <>
                        <div className="row">
                            <Button
                                busy={start.isPending || audit.state === 'running'}
                                onClick={() => start.mutate()}
                            >
                                {t('run')}
                            </Button>
                            <StateTag state={audit.state} />
                        </div>
                        {start.error && <Problem error={start.error} />}
                        <Verdict audit={audit} />
                        {audit.report && <Report report={audit.report} audit={audit} />}
                    </>
                )}
            </Loaded>
        </div>
    );
}

function Verdict({ audit }: { audit: AuditReport }) {
    const t = useAuditTexts();
    const count = audit.report?.clauses.reduce((sum, one) => sum + one.breaches, 0) ?? 0;
    const words: Record<string, string> = {
        none: t('none'),
        running: t('running'),
        clean: t('clean'),
        breaches: t('breaches', { count }),
        failed: `${t('failed')} ${audit.error ?? ''}`,
    };
    const looks: Record<string, string> = { clean: 'good', breaches: 'bad', failed: 'bad' };
    return (
        <p role="status" className={`note ${looks[audit.state] ?? ''}`}>
            {words[audit.state] ?? audit.state}
        </p>
    );
}

type Finished = NonNullable<AuditReport['report']>;

function Report({ report, audit }: { report: Finished; audit: AuditReport }) {
    const t = useAuditTexts();
    const number = useNumber();
    const clause = useClause();
    return (
        <>
            <p className="muted">
                {t('finished_at')} <When time={audit.finished_at} />
            </p>
            <Figures>
                <Figure label={t('facts')}>{number(report.facts)}</Figure>
                <Figure label={t('orders')}>{number(report.orders)}</Figure>
                <Figure label={t('tickets')}>{number(report.tickets)}</Figure>
            </Figures>
            {report.breaches.length > 0 && (
                <section className="stack" aria-labelledby="findings">
                    <h2 id="findings">{t('findings')}</h2>
                    <ul className="plain-list">
                        {report.breaches.map((one, index) => (
                            <li key={index} className="note bad">
                                <b>{clause(one.clause)}</b>
                                <br />
                                <span lang="en">{one.text}</span>
                            </li>
                        ))}
                    </ul>
                </section>
            )}
            <section className="stack" aria-labelledby="checks">
                <h2 id="checks">{t('checks')}</h2>
                <DataTable
                    caption={t('checks')}
                    rows={report.clauses}
                    rowKey={(one) => one.clause}
                    columns={[
                        { title: t('what'), cell: (one) => clause(one.clause) },
                        { title: t('checked'), cell: (one) => number(one.checked), numeric: true },
                        {
                            title: t('wrong'),
                            cell: (one) => (
                                <span className={`tag ${one.breaches > 0 ? 'bad' : 'good'}`}>
                                    {number(one.breaches)}
                                </span>
                            ),
                            numeric: true,
                        },
                    ]}
                />
            </section>
            {report.not_checked.length > 0 && (
                <div className="note warn">
                    <p className="strong">{t('not_checked')}</p>
                    <ul className="plain-list" lang="en">
                        {report.not_checked.map((note) => (
                            <li key={note}>{note}</li>
                        ))}
                    </ul>
                </div>
            )}
        </>
    );
}
