// The session as of any moment: a slider over the moments at which something changed. The server
// replays its journal to where the slider stands.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useState } from 'react';
import type { HistoryPoint, SessionThen } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { Chart } from '@/shared/console/chart';
import { staffApi } from '@/shared/console/client';
import { StockBar, useNumber } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { useLanguage } from '@/shared/i18n/language';
import { formatDate, formatTimeOfDay } from '@/shared/time/format';
import { Button } from '@/shared/ui/button';
import { Loaded } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { useSessionTexts } from './texts';
import './history.css';

const kSettleMs = 250;
const kStates = ['reserved', 'completed', 'cancelled', 'expired', 'refunded'] as const;

function askHistory(session: number, at?: number) {
    const query = at === undefined ? {} : { at: String(at) };
    return ask(
        staffApi.GET('/api/v1/sessions/{session}/history', {
            params: { path: { session }, query },
        }),
    );
}

export function HistoryPart({ session }: { session: number }) {
    const t = useSessionTexts();
    const query = useQuery({
        queryKey: [kConsoleKey, 'history', session],
        queryFn: () => askHistory(session),
        staleTime: Infinity,
    });
    return (
        <section className="card stack" aria-labelledby="history">
            <div className="row apart">
                <h2 id="history">{t('history')}</h2>
                <Button
                    look="plain"
                    busy={query.isFetching}
                    onClick={() => void query.refetch()}
                    aria-label={t('history_refresh')}
                >
                    {t('refresh')}
                </Button>
            </div>
            <Loaded query={query}>
                {(data) =>
                    data.points.length === 0 ? (
                        <p className="muted">{t('history_empty')}</p>
                    ) : (
                        <>
                            {!data.complete && <p className="note">{t('history_cut')}</p>}
                            <Moments
                                key={data.then.position.sequence}
                                session={session}
                                points={data.points}
                                now={data.then}
                            />
                        </>
                    )
                }
            </Loaded>
        </section>
    );
}

// The value once it has not changed for a moment.
function useSettled<Value>(value: Value): Value {
    const [settled, setSettled] = useState(value);
    useEffect(() => {
        const timer = window.setTimeout(() => setSettled(value), kSettleMs);
        return () => window.clearTimeout(timer);
    }, [value]);
    return settled;
}

function Moments({
    session,
    points,
    now,
}: {
    session: number;
    points: HistoryPoint[];
    now: SessionThen;
}) {
    const t = useSessionTexts();
    const language = useLanguage();
    const id = useId();
    const last = points.length - 1;
    const [index, setIndex] = useState(last);
    const at = points[useSettled(index)]?.sequence ?? now.position.sequence;
    const query = useQuery({
        queryKey: [kConsoleKey, 'history', session, at],
        queryFn: () => askHistory(session, at),
        staleTime: Infinity,
        placeholderData: keepPreviousData,
    });
    const point = points[index] ?? points[last]!;
    const time = `${formatDate(point.at, language)} · ${formatTimeOfDay(point.at, language)}`;
    return (
        <>
            <div className="stack tight">
                <label htmlFor={id}>{t('history_moment')}</label>
                <input
                    id={id}
                    type="range"
                    className="history-slider"
                    min={0}
                    max={last}
                    step={1}
                    value={index}
                    aria-valuetext={time}
                    onChange={(event) => setIndex(Number(event.target.value))}
                />
                <div className="row apart small muted" aria-hidden="true">
                    <span>{formatTimeOfDay(points[0]!.at, language)}</span>
                    <span>{formatTimeOfDay(points[last]!.at, language)}</span>
                </div>
                <p className="strong number">
                    {time}{' '}
                    <span className="muted small">
                        {t('history_position', { at: point.sequence })}
                    </span>
                </p>
            </div>
            {query.error && <Problem error={query.error} retry={() => void query.refetch()} />}
            {query.data && <Then then={query.data.then} />}
            <Curve points={points} />
        </>
    );
}

function Then({ then }: { then: SessionThen }) {
    const t = useSessionTexts();
    const number = useNumber();
    return (
        <div className="stack tight" role="status">
            {then.cancelled && <p className="note bad">{t('history_cancelled')}</p>}
            {then.retired && <p className="note">{t('history_retired')}</p>}
            {then.pools.map((pool) => (
                <div key={pool.pool} className="stack tight">
                    <h3>{t('pool', { id: pool.pool })}</h3>
                    <StockBar pool={pool} />
                </div>
            ))}
            <ul className="stock-words small">
                {kStates.map((state) => (
                    <li key={state}>
                        {t(`orders_${state}`)}{' '}
                        <b className="number">{number(then.orders[state])}</b>
                    </li>
                ))}
            </ul>
        </div>
    );
}

function Curve({ points }: { points: HistoryPoint[] }) {
    const t = useSessionTexts();
    const language = useLanguage();
    const drawn = useMemo(
        () => ({
            labels: points.map((point) => formatTimeOfDay(point.at, language)),
            series: [
                { name: t('history_sold'), values: points.map((point) => point.sold) },
                { name: t('history_free'), values: points.map((point) => point.free) },
                { name: t('history_held'), values: points.map((point) => point.held) },
            ],
        }),
        [points, language, t],
    );
    return <Chart title={t('history_chart')} kind="line" {...drawn} />;
}
