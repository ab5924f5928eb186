// A question over the page. The browser's own dialog keeps the focus inside, closes on Escape and
// gives the focus back.
import { useEffect, useId, useRef, type ReactNode } from 'react';

export function Dialog({
    title,
    open,
    onClose,
    children,
}: {
    title: string;
    open: boolean;
    onClose: () => void;
    children: ReactNode;
}) {
    const dialog = useRef<HTMLDialogElement>(null);
    const id = useId();
    useEffect(() => {
        if (open && !dialog.current?.open) dialog.current?.showModal();
        if (!open && dialog.current?.open) dialog.current.close();
    }, [open]);
    return (
        <dialog ref={dialog} className="dialog" aria-labelledby={id} onClose={onClose}>
            {open && (
                <div className="stack">
                    <h2 id={id}>{title}</h2>
                    {children}
                </div>
            )}
        </dialog>
    );
}
