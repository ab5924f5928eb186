// Money that a bank has and that belongs to no payment: on its way back, and parked ones go on.
import { useQuery } from '@tanstack/react-query';
import type { Stray } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { useConsoleTexts } from '@/shared/console/texts';
import { useServerText } from '@/shared/i18n/texts';
import { Amount } from '@/shared/money/amount';
import { Button } from '@/shared/ui/button';
import { Loaded } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { useConsolePaymentTexts } from './texts';

const kAgainMs = 10_000;

export function Strays() {
    const t = useConsolePaymentTexts();
    const query = useQuery({
        queryKey: [kConsoleKey, 'strays'],
        queryFn: () => ask(staffApi.GET('/api/v1/strays')),
        refetchInterval: kAgainMs,
    });
    return (
        <section className="stack" aria-labelledby="strays">
            <div className="page-head">
                <h2 id="strays">{t('strays')}</h2>
                <p className="muted">{t('strays_about')}</p>
            </div>
            <Loaded query={query} height={80}>
                {(data) =>
                    data.strays.length === 0 ? (
                        <p>{t('strays_none')}</p>
                    ) : (
                        <>
                            <Rows rows={data.strays} />
                            {data.more && <p className="muted">{t('strays_more')}</p>}
                        </>
                    )
                }
            </Loaded>
        </section>
    );
}

function Rows({ rows }: { rows: Stray[] }) {
    const t = useConsolePaymentTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const resume = useChange<Stray>({
        run: ({ stray }) =>
            ask(staffApi.POST('/api/v1/strays/{stray}/resume', { params: { path: { stray } } })),
        done: (_, { stray }) => t('stray_resumed', { id: stray }),
    });
    const stateOf = (one: Stray) => {
        if (one.refused) return t('stray_refused');
        return one.parked ? t('stray_parked') : t('stray_goes_back');
    };
    return (
        <>
            {resume.error && <Problem error={resume.error} />}
            <DataTable<Stray>
                caption={t('strays')}
                rows={rows}
                rowKey={(one) => one.stray}
                columns={[
                    { title: t('number'), cell: (one) => one.stray },
                    {
                        title: t('bank'),
                        cell: (one) => `${text(one.bank_name)} · ${one.transaction}`,
                    },
                    {
                        title: t('amount'),
                        cell: (one) => <Amount amount={one.amount} currency={one.currency} />,
                        numeric: true,
                    },
                    { title: t('received_at'), cell: (one) => <When time={one.received_at} /> },
                    { title: console('state'), cell: stateOf },
                    {
                        title: t('action'),
                        cell: (one) =>
                            one.parked && (
                                <Button
                                    look="plain"
                                    aria-label={`${t('resume')} ${one.stray}`}
                                    busy={resume.isPending && resume.variables?.stray === one.stray}
                                    onClick={() => resume.mutate(one)}
                                >
                                    {t('resume')}
                                </Button>
                            ),
                    },
                ]}
            />
        </>
    );
}
