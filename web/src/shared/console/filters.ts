// What a list is filtered by stands in the address: it survives a reload, can be sent to a
// colleague, and the browser's "back" goes to the former page of the list.
import { useSearchParams } from 'react-router-dom';

const kPage = 'page';

export interface Filters<Key extends string> {
    values: Record<Key, string>; // empty: not filtered
    page: number | undefined; // cursor of the page that is shown; the first one has none
    any: boolean;
    set: (changes: Partial<Record<Key, string>>) => void;
    clear: () => void;
    turnTo: (page: number | undefined) => void;
}

export function useFilters<Key extends string>(...keys: Key[]): Filters<Key> {
    const [search, setSearch] = useSearchParams();
    const values = Object.fromEntries(keys.map((key) => [key, search.get(key) ?? ''])) as Record<
        Key,
        string
    >;
    const change = (edit: (next: URLSearchParams) => void) => {
        const next = new URLSearchParams(search);
        edit(next);
        setSearch(next);
    };
    return {
        values,
        page: givenNumber(search.get(kPage) ?? ''),
        any: keys.some((key) => values[key] !== ''),
        set: (changes) =>
            change((next) => {
                next.delete(kPage);
                for (const [key, value] of Object.entries(changes) as [Key, string][])
                    if (value) next.set(key, value);
                    else next.delete(key);
            }),
        clear: () => setSearch(new URLSearchParams()),
        turnTo: (page) =>
            change((next) =>
                page === undefined ? next.delete(kPage) : next.set(kPage, String(page)),
            ),
    };
}

// A filter as a parameter of a request: absent when empty.
export function given(value: string): string | undefined {
    return value.trim() === '' ? undefined : value.trim();
}

export function givenNumber(value: string): number | undefined {
    const number = /^\d{1,16}$/.test(value.trim()) ? Number(value) : NaN;
    return Number.isSafeInteger(number) ? number : undefined;
}
