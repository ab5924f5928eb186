// The words of a list's search: applied by Enter or the button, so that half a word asks nothing.
import { useEffect, useId, useState } from 'react';
import { Button } from '../ui/button';
import { useConsoleTexts } from './texts';

export function SearchField({
    label,
    value,
    onSearch,
}: {
    label: string;
    value: string;
    onSearch: (value: string) => void;
}) {
    const t = useConsoleTexts();
    const id = useId();
    const [text, setText] = useState(value);
    useEffect(() => setText(value), [value]);
    return (
        <form
            role="search"
            aria-label={label}
            className="filter"
            onSubmit={(event) => {
                event.preventDefault();
                onSearch(text.trim());
            }}
        >
            <label htmlFor={id}>{label}</label>
            <span className="filter-row">
                <input
                    id={id}
                    type="search"
                    className="input"
                    value={text}
                    maxLength={100}
                    onChange={(event) => setText(event.target.value)}
                />
                <Button type="submit" look="plain">
                    {t('search')}
                </Button>
            </span>
        </form>
    );
}

export function ChoiceField({
    label,
    value,
    choices,
    onChoose,
}: {
    label: string;
    value: string;
    choices: { value: string; label: string }[];
    onChoose: (value: string) => void;
}) {
    const id = useId();
    return (
        <div className="filter">
            <label htmlFor={id}>{label}</label>
            <select
                id={id}
                className="input"
                value={value}
                onChange={(event) => onChoose(event.target.value)}
            >
                {choices.map((one) => (
                    <option key={one.value} value={one.value}>
                        {one.label}
                    </option>
                ))}
            </select>
        </div>
    );
}
