import { useEffect, type ReactNode } from 'react';
import { Skeleton } from './skeleton';
import { Problem } from './problem';

// A page's heading, which is its title in the browser as well.
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
    usePageTitle(title);
    return (
        <div className="page-head">
            <h1>{title}</h1>
            {children}
        </div>
    );
}

export function usePageTitle(title: string): void {
    useEffect(() => {
        document.title = title ? `${title} · Onsale` : 'Onsale';
    }, [title]);
}

interface Asked<Data> {
    data: Data | undefined;
    error: unknown;
    isPending: boolean;
    refetch: () => unknown;
}

// What a query gave: its data, or that it is coming, or why it is not. Data that is there stays
// there, also when asking for it again fails.
export function Loaded<Data>({
    query,
    height = 160,
    children,
}: {
    query: Asked<Data>;
    height?: number;
    children: (data: Data) => ReactNode;
}) {
    if (query.data !== undefined) return <>{children(query.data)}</>;
    if (query.error) return <Problem error={query.error} retry={() => void query.refetch()} />;
    return <Skeleton height={height} count={2} />;
}
