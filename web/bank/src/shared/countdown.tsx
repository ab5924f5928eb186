// Time left to pay. It is drawn each second; screen readers hear it only when a mark is passed, so
// that it does not talk over everything else.
import { durationOf } from '@/shared/time/format';
import { useServerTime } from '@/shared/time/use-server-time';
import { spokenOf } from './spoken';
import { useBankTexts } from './texts';
import '@/shared/ui/countdown.css';

export function Countdown({ until, label }: { until: string; label: string }) {
    const t = useBankTexts();
    const end = Date.parse(until);
    const now = useServerTime(end);
    if (now === null) return null;
    const left = durationOf(end - now);
    const { unit, count } = spokenOf(end - now);
    const parts = [
        [left.days * 24 + left.hours, t('hours')],
        [left.minutes, t('minutes')],
        [left.seconds, t('seconds')],
    ] as const;
    return (
        <div className="countdown">
            <span className="muted small">{label}</span>
            <div className="countdown-parts number" aria-hidden="true">
                {parts
                    .filter(([value], index) => index > 0 || value > 0)
                    .map(([value, name]) => (
                        <span key={name} className="countdown-part">
                            <b>{String(value).padStart(2, '0')}</b>
                            <small>{name}</small>
                        </span>
                    ))}
            </div>
            <span className="visually-hidden" aria-live="polite">
                {label} {t(`at_most_${unit}`, { count })}
            </span>
        </div>
    );
}
