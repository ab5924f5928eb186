// A page that only says something: what happened, and what to do.
import type { ReactNode } from 'react';
import { PageHead } from './page';

export function Message({
    title,
    text,
    children,
}: {
    title: string;
    text: string;
    children?: ReactNode;
}) {
    return (
        <div className="card stack">
            <PageHead title={title} />
            <p>{text}</p>
            {children}
        </div>
    );
}
