import type { ReactNode } from 'react';

export function Empty({ text, children }: { text: string; children?: ReactNode }) {
    return (
        <div className="empty">
            <svg width="72" height="48" viewBox="0 0 72 48" aria-hidden="true">
                <path
                    d="M6 6h60v10a8 8 0 0 0 0 16v10H6V32a8 8 0 0 0 0-16z"
                    fill="none"
                    stroke="currentColor"
                    strokeWidth="2.5"
                    strokeLinejoin="round"
                    strokeDasharray="5 5"
                />
            </svg>
            <p>{text}</p>
            {children}
        </div>
    );
}
