// A day of the calendar, as the browser lets one choose it.
import { useId } from 'react';

export function DayField({
    label,
    value,
    onChange,
}: {
    label: string;
    value: string;
    onChange: (day: string) => void;
}) {
    const id = useId();
    return (
        <div className="filter">
            <label htmlFor={id}>{label}</label>
            <input
                id={id}
                type="date"
                className="input"
                value={value}
                onChange={(event) => onChange(event.target.value)}
            />
        </div>
    );
}
