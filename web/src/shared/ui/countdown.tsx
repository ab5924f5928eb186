// Time left until a moment of the server's. It is drawn each second; screen readers hear it only
// when a mark is passed, so that it does not talk over everything else.
import { durationOf } from '../time/format';
import { useServerTime } from '../time/use-server-time';
import { spokenLeft } from './spoken-left';
import { useSharedTexts } from './texts';
import './countdown.css';

export function Countdown({ until, label }: { until: string; label: string }) {
    const t = useSharedTexts();
    const end = Date.parse(until);
    const now = useServerTime(end);
    if (now === null) return <p className="muted">{t('clock_unknown')}</p>;
    const left = durationOf(end - now);
    const parts = [
        [left.days, t('days')],
        [left.hours, t('hours')],
        [left.minutes, t('minutes')],
        [left.seconds, t('seconds')],
    ] as const;
    return (
        <div className="countdown">
            <span className="muted small">{label}</span>
            <div className="countdown-parts number" aria-hidden="true">
                {parts
                    .filter(([value], index) => index > 0 || value > 0)
                    .map(([value, unit]) => (
                        <span key={unit} className="countdown-part">
                            <b>{String(value).padStart(2, '0')}</b>
                            <small>{unit}</small>
                        </span>
                    ))}
            </div>
            <span className="visually-hidden" aria-live="polite">
                {label} <Spoken milliseconds={end - now} />
            </span>
        </div>
    );
}

// Changes only when a mark is passed.
function Spoken({ milliseconds }: { milliseconds: number }) {
    const t = useSharedTexts();
    const { unit, count } = spokenLeft(Math.ceil(milliseconds / 1000));
    return t(`left_${unit}`, { count });
}
