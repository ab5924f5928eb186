// The time left as a screen reader says it: rounded up to the next mark, so that it changes only
// when a mark is passed and is never far from the truth. Pure.
const kMinute = 60;
const kHour = 3600;
const kDay = 86_400;
const kMinuteMarks = [1, 2, 5, 10, 15, 30, 45];
const kSecondMarks = [10, 30];

export interface SpokenLeft {
    unit: 'days' | 'hours' | 'minutes' | 'seconds';
    count: number;
}

export function spokenLeft(seconds: number): SpokenLeft {
    if (seconds <= 0) return { unit: 'seconds', count: 0 };
    if (seconds > kDay) return { unit: 'days', count: Math.ceil(seconds / kDay) };
    const second = kSecondMarks.find((mark) => seconds <= mark);
    if (second !== undefined) return { unit: 'seconds', count: second };
    const minute = kMinuteMarks.find((mark) => seconds <= mark * kMinute);
    if (minute !== undefined) return { unit: 'minutes', count: minute };
    return { unit: 'hours', count: Math.ceil(seconds / kHour) };
}
