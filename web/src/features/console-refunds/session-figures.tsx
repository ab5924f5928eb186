// The refunds of a session in figures, and how far the refunds of a cancelled one are.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { SessionRefunds } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { Figure, Figures, useNumber } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { Amount } from '@/shared/money/amount';
import { Loaded } from '@/shared/ui/page';
import { durationWords } from './duration';
import { useConsoleRefundTexts } from './texts';
import './refunds.css';

const kAgainMs = 5000;
const kPercentDigits = 2;

export function SessionFigures({ session }: { session: number }) {
    const t = useConsoleRefundTexts();
    const query = useQuery({
        queryKey: [kConsoleKey, 'session-refunds', session],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/sessions/{session}/refunds', {
                    params: { path: { session } },
                }),
            ),
        refetchInterval: kAgainMs,
    });
    return (
        <section className="stack" aria-labelledby="refunds">
            <div className="row apart">
                <h2 id="refunds">{t('statistics')}</h2>
                <Link to="/console/refunds">{t('all_refunds')}</Link>
            </div>
            <Loaded query={query} height={80}>
                {(data) => <Shown data={data} />}
            </Loaded>
        </section>
    );
}

function Shown({ data }: { data: SessionRefunds }) {
    const t = useConsoleRefundTexts();
    const number = useNumber();
    const { currency } = data;
    const average = durationWords(data.average_seconds);
    const rate = (100 * Number(data.refund_rate)).toFixed(kPercentDigits);
    return (
        <>
            {data.cancellation && <Progress {...data.cancellation} />}
            <Figures>
                <Figure label={t('requested')}>{number(data.requested)}</Figure>
                <Figure label={t('state_waiting')}>{number(data.waiting)}</Figure>
                <Figure label={t('state_approved')}>{number(data.approved)}</Figure>
                <Figure label={t('state_completed')}>{number(data.completed)}</Figure>
                <Figure label={t('state_rejected')}>{number(data.rejected)}</Figure>
                <Figure label={t('state_cancelled')}>{number(data.cancelled)}</Figure>
                <Figure label={t('state_parked')}>{number(data.parked)}</Figure>
                <Figure label={t('rate')}>{t('percent', { value: rate })}</Figure>
                <Figure label={t('average')}>
                    {average ? t(average.unit, { count: average.count }) : '–'}
                </Figure>
                <Figure label={t('given_back')}>
                    <Amount amount={data.amount} currency={currency} />
                </Figure>
                <Figure label={t('fees')}>
                    <Amount amount={data.fees} currency={currency} />
                </Figure>
            </Figures>
        </>
    );
}

// Everybody who had paid gets their money back when a session is cancelled.
function Progress({ orders, done, parked }: NonNullable<SessionRefunds['cancellation']>) {
    const t = useConsoleRefundTexts();
    return (
        <div className="card stack tight">
            <h3 id="progress">{t('progress')}</h3>
            <progress
                className="progress"
                aria-labelledby="progress"
                max={Math.max(1, orders)}
                value={done}
            />
            <p>{t('progress_text', { orders, done, parked })}</p>
        </div>
    );
}
