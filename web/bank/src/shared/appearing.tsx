// The heading of a part that takes the place of another one because of what the person did: it takes
// the focus, which the former part has lost, so that keyboards and screen readers go on from there.
import { useEffect, useRef } from 'react';

export function Appearing({
    id,
    fresh,
    children,
}: {
    id: string;
    fresh: boolean; // not there when the page was opened
    children: string;
}) {
    const heading = useRef<HTMLHeadingElement>(null);
    const takes = useRef(fresh);
    useEffect(() => {
        if (takes.current) heading.current?.focus();
    }, []);
    return (
        <h2 id={id} ref={heading} tabIndex={-1} className="appearing">
            {children}
        </h2>
    );
}

// Whether something is otherwise than it was when this part was first drawn.
export function useChanged(value: unknown): boolean {
    const first = useRef(value);
    return first.current !== value;
}
