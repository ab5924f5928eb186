// Small pieces of the tellers' lists.
import { useId, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { CustomerState } from '~/api/types';
import { usePieceTexts } from './piece-texts';

const kLooks = { open: 'good', disabled: 'warn', deleted: '' } as const;

export function CustomerTag({ state }: { state: CustomerState }) {
    const t = usePieceTexts();
    return <span className={`tag ${kLooks[state]}`}>{t(`customer_${state}`)}</span>;
}

export function CustomerLink({ customer }: { customer: number | null | undefined }) {
    if (!customer) return null;
    return <Link to={`/teller/customers/${customer}`}>{customer}</Link>;
}

// A text whose words may be longer than its column: names, notes, references.
export function Free({ children }: { children: ReactNode }) {
    return <span className="free">{children}</span>;
}

// A day, chosen with the browser's own calendar; empty means no bound.
export function DayField({
    label,
    value,
    onChoose,
}: {
    label: string;
    value: string;
    onChoose: (day: string) => void;
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
                onChange={(event) => onChoose(event.target.value)}
            />
        </div>
    );
}
