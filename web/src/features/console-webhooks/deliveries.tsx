import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallReport, ParkedDelivery, RecentDelivery, Webhook } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { Confirm } from '@/shared/console/confirm';
import { DataTable } from '@/shared/console/data-table';
import { useNumber, When } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { Button } from '@/shared/ui/button';
import { Loaded } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { useWebhookTexts } from './texts';

const kAgainMs = 5000;

export function Deliveries({ hook }: { hook: Webhook }) {
    const t = useWebhookTexts();
    const query = useQuery({
        queryKey: [kConsoleKey, 'deliveries', hook.id],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/webhooks/{webhook}/deliveries', {
                    params: { path: { webhook: hook.id } },
                }),
            ),
        refetchInterval: kAgainMs,
    });
    return (
        <Loaded query={query}>
            {({ parked, recent }) => (
                <>
                    <section className="stack" aria-labelledby="parked">
                        <h2 id="parked">{t('parked')}</h2>
                        {parked.length === 0 ? (
                            <p className="muted">{t('no_parked')}</p>
                        ) : (
                            <Parked hook={hook} rows={parked} />
                        )}
                    </section>
                    <section className="stack" aria-labelledby="recent">
                        <h2 id="recent">{t('recent')}</h2>
                        {recent.length === 0 ? (
                            <p className="muted">{t('no_recent')}</p>
                        ) : (
                            <Recent rows={recent} />
                        )}
                    </section>
                </>
            )}
        </Loaded>
    );
}

function Result({ report }: { report: { status: number; error?: string | null } }) {
    const t = useWebhookTexts();
    const words = report.status === 0 ? t('no_answer') : `HTTP ${report.status}`;
    return (
        <span>
            <span className={`tag ${report.error ? 'bad' : 'good'}`}>{words}</span>{' '}
            <span lang="en">{report.error}</span>
        </span>
    );
}

function Recent({ rows }: { rows: RecentDelivery[] }) {
    const t = useWebhookTexts();
    const number = useNumber();
    return (
        <DataTable<RecentDelivery>
            caption={t('recent')}
            rows={rows}
            rowKey={(one) => `${one.event} ${one.attempt} ${one.at}`}
            columns={[
                { title: t('at'), cell: (one) => <When time={one.at} /> },
                { title: t('count'), cell: (one) => number(one.events), numeric: true },
                { title: t('attempt'), cell: (one) => number(one.attempt), numeric: true },
                { title: t('result'), cell: (one) => <Result report={one} /> },
            ]}
        />
    );
}

function Parked({ hook, rows }: { hook: Webhook; rows: ParkedDelivery[] }) {
    const t = useWebhookTexts();
    const number = useNumber();
    const [dropping, setDropping] = useState<ParkedDelivery | null>(null);
    const retry = useChange<ParkedDelivery, CallReport>({
        run: (delivery) =>
            ask(
                staffApi.POST('/api/v1/webhooks/{webhook}/deliveries/{delivery}/retry', {
                    params: { path: { webhook: hook.id, delivery: delivery.id } },
                }),
            ),
        done: (report) => t(report.error ? 'test_bad' : 'test_ok', { ...report }),
    });
    const drop = useChange<ParkedDelivery>({
        run: (delivery) =>
            ask(
                staffApi.DELETE('/api/v1/webhooks/{webhook}/deliveries/{delivery}', {
                    params: { path: { webhook: hook.id, delivery: delivery.id } },
                }),
            ),
        done: () => t('dropped'),
        then: () => setDropping(null),
    });
    return (
        <>
            <p className="muted">{t('parked_text')}</p>
            {retry.error && <Problem error={retry.error} />}
            <DataTable<ParkedDelivery>
                caption={t('parked')}
                rows={rows}
                rowKey={(one) => one.id}
                columns={[
                    { title: t('at'), cell: (one) => <When time={one.at} /> },
                    { title: t('count'), cell: (one) => number(one.events), numeric: true },
                    { title: t('result'), cell: (one) => <Result report={one} /> },
                    {
                        title: t('retry'),
                        cell: (one) => (
                            <span className="row">
                                <Button
                                    look="plain"
                                    aria-label={`${t('retry')} ${one.id}`}
                                    busy={retry.isPending && retry.variables?.id === one.id}
                                    onClick={() => retry.mutate(one)}
                                >
                                    {t('retry')}
                                </Button>
                                <Button
                                    look="danger"
                                    aria-label={`${t('drop')} ${one.id}`}
                                    onClick={() => setDropping(one)}
                                >
                                    {t('drop')}
                                </Button>
                            </span>
                        ),
                    },
                ]}
            />
            <Confirm
                title={t('drop')}
                open={dropping !== null}
                text={t('drop_text')}
                action={t('drop')}
                busy={drop.isPending}
                error={drop.error}
                onConfirm={() => dropping && drop.mutate(dropping)}
                onClose={() => setDropping(null)}
            />
        </>
    );
}
