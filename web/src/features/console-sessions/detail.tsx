import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import type { SessionDetail } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { When } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { StateTag } from '@/shared/console/state-tag';
import { useConsoleTexts } from '@/shared/console/texts';
import { useServerText } from '@/shared/i18n/texts';
import { Button, ButtonLink } from '@/shared/ui/button';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { CampaignsPart } from './campaigns';
import { EndingPart } from './ending';
import { HistoryPart } from './history';
import { EditSession } from './session-form';
import { StockPart } from './stock';
import { useSessionTexts } from './texts';
import { TiersPart } from './tiers';

const kStockEveryMs = 5000;

// `money`: what other features have to say of the session's money.
export function SessionPage({ money }: { money: (session: SessionDetail) => ReactNode }) {
    const session = Number(useParams().session);
    const query = useQuery({
        queryKey: [kConsoleKey, 'session', session],
        queryFn: () =>
            ask(staffApi.GET('/api/v1/sessions/{session}', { params: { path: { session } } })),
        refetchInterval: kStockEveryMs,
    });
    return (
        <Loaded query={query} height={200}>
            {(data) => <Session session={data}>{money(data)}</Session>}
        </Loaded>
    );
}

function Session({ session, children }: { session: SessionDetail; children: ReactNode }) {
    const t = useSessionTexts();
    const text = useServerText();
    usePageTitle(`${text(session.show.name)} · ${session.id}`);
    return (
        <div className="stack loose">
            <div>
                <div className="head-line">
                    <h1>{text(session.show.name)}</h1>
                    <StateTag state={session.state} />
                </div>
                <p className="muted">
                    {t('session', { id: session.id })} · {text(session.organiser.name)}
                </p>
                {text(session.cancel_reason) && (
                    <p className="note bad">
                        {t('cancelled_because', { reason: text(session.cancel_reason) })}
                    </p>
                )}
                <div className="row form-end">
                    <ButtonLink look="plain" to={`/console/sessions/${session.id}/orders`}>
                        {t('orders')}
                    </ButtonLink>
                    <ButtonLink look="plain" to={`/console/sessions/${session.id}/statistics`}>
                        {t('statistics')}
                    </ButtonLink>
                </div>
            </div>
            <StockPart session={session} />
            <CampaignsPart session={session} />
            <TiersPart session={session} />
            <TimesPart session={session} />
            {children}
            <HistoryPart session={session.id} />
            <EndingPart session={session} />
        </div>
    );
}

function TimesPart({ session }: { session: SessionDetail }) {
    const t = useSessionTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const [editing, setEditing] = useState(false);
    const limit = (value: number) => (value === 0 ? t('unlimited') : value);
    return (
        <section className="card stack" aria-labelledby="times">
            <div className="row apart">
                <h2 id="times">{t('times_and_limits')}</h2>
                {session.state !== 'cancelled' && (
                    <Button look="plain" onClick={() => setEditing(true)}>
                        {t('edit_session')}
                    </Button>
                )}
            </div>
            <dl className="facts">
                <dt>{console('organiser')}</dt>
                <dd>{text(session.organiser.name)}</dd>
                <dt>{t('starts_at')}</dt>
                <dd>
                    <When time={session.starts_at} />
                </dd>
                <dt>{t('ends_at')}</dt>
                <dd>
                    <When time={session.ends_at} />
                </dd>
                <dt>{t('orders_per_person')}</dt>
                <dd>{limit(session.orders_per_person)}</dd>
                <dt>{t('tickets_per_person')}</dt>
                <dd>{limit(session.tickets_per_person)}</dd>
                <dt>{t('venue')}</dt>
                <dd>{text(session.venue) || '–'}</dd>
                <dt>{t('notice')}</dt>
                <dd className="pre">{text(session.notice) || '–'}</dd>
            </dl>
            <EditSession session={session} open={editing} onClose={() => setEditing(false)} />
        </section>
    );
}
