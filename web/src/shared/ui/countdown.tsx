// Time left until a moment of the server's. It is drawn each second; screen readers hear it only
// when a mark is passed, so that it does not talk over everything else.
import { durationOf } from '../time/format';
import { useServerTime } from '../time/use-server-time';
import { useSharedTexts } from './texts';
import './countdown.css';

const kMarksSeconds = [86_400, 3600, 600, 300, 60, 30, 10];

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

// The time left at the last mark that was passed; more than a day is said in days.
function Spoken({ milliseconds }: { milliseconds: number }) {
    const t = useSharedTexts();
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    const mark = kMarksSeconds.filter((one) => one >= seconds).at(-1) ?? seconds;
    if (seconds === 0) return t('left_seconds', { count: 0 });
    if (mark >= 86_400) return t('left_days', { count: Math.floor(mark / 86_400) });
    if (mark >= 3600) return t('left_hours', { count: Math.floor(mark / 3600) });
    if (mark >= 60) return t('left_minutes', { count: Math.floor(mark / 60) });
    return t('left_seconds', { count: mark });
}
