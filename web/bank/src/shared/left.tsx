// Time left, small enough for a row of a list. Screen readers find it where it stands; it does not
// speak by itself.
import { durationOf } from '@/shared/time/format';
import { useServerTime } from '@/shared/time/use-server-time';
import { useBankTexts } from './texts';

const two = (value: number) => String(value).padStart(2, '0');

export function Left({ until }: { until: string }) {
    const t = useBankTexts();
    const end = Date.parse(until);
    const now = useServerTime(end);
    if (now === null) return null;
    if (now >= end) return <span className="muted">{t('over')}</span>;
    const { days, hours, minutes, seconds } = durationOf(end - now);
    const time = `${two(days * 24 + hours)}:${two(minutes)}:${two(seconds)}`;
    return <span className="number">{t('left', { time })}</span>;
}

// Whether a moment of the bank's has passed; false until the bank has said its time.
export function usePassed(time: string | undefined): boolean {
    const end = Date.parse(time ?? '');
    const now = useServerTime(...(Number.isNaN(end) ? [] : [end]));
    return now !== null && now >= end;
}
