// The time left as it is said aloud: rounded up to a mark, so that it changes seldom and is never
// more than what it says.
const kMinute = 60;
const kHour = 3600;

export interface Spoken {
    unit: 'hours' | 'minutes' | 'seconds';
    count: number;
}

function markOf(seconds: number): number {
    const step = (size: number) => Math.ceil(seconds / size) * size;
    if (seconds > kHour) return step(kHour);
    if (seconds > 5 * kMinute) return step(5 * kMinute);
    if (seconds > kMinute) return step(kMinute);
    return [10, 30].find((mark) => seconds <= mark) ?? kMinute;
}

export function spokenOf(milliseconds: number): Spoken {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    if (seconds === 0) return { unit: 'seconds', count: 0 };
    const mark = markOf(seconds);
    if (mark > kHour) return { unit: 'hours', count: mark / kHour };
    if (mark >= kMinute) return { unit: 'minutes', count: mark / kMinute };
    return { unit: 'seconds', count: mark };
}
