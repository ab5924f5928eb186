// A page of a list: its rows, or what to see when there are none, and the ways to other pages.
import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import { Empty } from '../ui/empty';
import { Loaded } from '../ui/page';
import type { Filters } from './filters';
import { useConsoleTexts } from './texts';

interface Asked<Data> {
    data: Data | undefined;
    error: unknown;
    isPending: boolean;
    refetch: () => unknown;
}
type Next = { next?: number | null };

export function PagedList<Data extends Next, Row>({
    query,
    filters,
    rowsOf,
    empty,
    children,
}: {
    query: Asked<Data>;
    filters: Pick<Filters<string>, 'page' | 'any' | 'clear' | 'turnTo'>;
    rowsOf: (data: Data) => Row[];
    empty: ReactNode;
    children: (rows: Row[]) => ReactNode;
}) {
    const t = useConsoleTexts();
    return (
        <Loaded query={query} height={56}>
            {(data) => {
                const rows = rowsOf(data);
                const next = data.next || null;
                return (
                    <div className="stack">
                        {rows.length > 0 && children(rows)}
                        {rows.length === 0 && !filters.any && !filters.page && empty}
                        {rows.length === 0 && (filters.any || filters.page) && (
                            <Empty text={t('nothing_found')}>
                                <Button look="plain" onClick={filters.clear}>
                                    {t('clear_filters')}
                                </Button>
                            </Empty>
                        )}
                        {(filters.page || next !== null) && (
                            <nav className="row apart" aria-label={t('pages')}>
                                <Button
                                    look="plain"
                                    disabled={!filters.page}
                                    onClick={() => filters.turnTo(undefined)}
                                >
                                    {t('first_page')}
                                </Button>
                                <Button
                                    look="plain"
                                    disabled={next === null}
                                    onClick={() => filters.turnTo(next ?? undefined)}
                                >
                                    {t('next_page')}
                                </Button>
                            </nav>
                        )}
                    </div>
                );
            }}
        </Loaded>
    );
}
