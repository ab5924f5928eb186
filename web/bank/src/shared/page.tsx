// A page's heading, which is its title in the browser as well, beside the bank's own name.
import { useEffect, type ReactNode } from 'react';
import { useBankName } from './bank';

export function usePageTitle(title: string): void {
    const bank = useBankName();
    useEffect(() => {
        document.title = title ? `${title} · ${bank}` : bank;
    }, [title, bank]);
}

export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
    usePageTitle(title);
    return (
        <div className="page-head">
            <h1>{title}</h1>
            {children}
        </div>
    );
}
