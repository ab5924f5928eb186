// Times between the server (RFC 3339, UTC) and the fields of a form (local time).
import dayjs, { type Dayjs } from 'dayjs';

export function pickedTime(time: string | null | undefined): Dayjs | null {
    return time ? dayjs(time) : null;
}

export function timeText(time: Dayjs): string {
    return time.toISOString();
}

export function timeTextOrEmpty(time: Dayjs | null | undefined): string {
    return time ? time.toISOString() : '';
}
