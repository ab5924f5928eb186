import type { ButtonHTMLAttributes } from 'react';
import { Link, type LinkProps } from 'react-router-dom';

type Look = 'plain' | 'danger' | 'link';

interface Shape {
    look?: Look;
    wide?: boolean;
}

function classOf({ look, wide }: Shape, more?: string): string {
    return ['button', look, wide && 'wide', more].filter(Boolean).join(' ');
}

// `busy`: it was pressed and its work goes on. It keeps the focus, so that a keyboard does not lose
// its place, and does nothing.
export function Button({
    look,
    wide,
    busy,
    className,
    onClick,
    ...rest
}: Shape & { busy?: boolean } & ButtonHTMLAttributes<HTMLButtonElement>) {
    return (
        <button
            type="button"
            {...rest}
            className={classOf({ look, wide }, className)}
            aria-disabled={busy || undefined}
            onClick={(event) => {
                if (busy) event.preventDefault();
                else onClick?.(event);
            }}
        />
    );
}

export function ButtonLink({ look, wide, className, ...rest }: Shape & LinkProps) {
    return <Link {...rest} className={classOf({ look, wide }, className)} />;
}
