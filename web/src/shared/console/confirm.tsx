// A question before what cannot be undone. `word`: has to be typed, so that it does not happen by
// a slip.
import { useId, useState, type ReactNode } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Problem } from '../ui/problem';
import { useConsoleTexts } from './texts';

export function Confirm({
    title,
    open,
    text,
    action,
    word,
    busy,
    error,
    blocked,
    onConfirm,
    onClose,
    children,
}: {
    title: string;
    open: boolean;
    text: string;
    action: string;
    word?: string;
    busy: boolean;
    error: unknown;
    blocked?: boolean;
    onConfirm: () => void;
    onClose: () => void;
    children?: ReactNode;
}) {
    const t = useConsoleTexts();
    const id = useId();
    const [typed, setTyped] = useState('');
    // What went wrong the last time is not shown when the question is asked again.
    const [former, setFormer] = useState<unknown>(null);
    const ready = (word === undefined || typed.trim() === word) && !blocked;
    const close = () => {
        setTyped('');
        setFormer(error);
        onClose();
    };
    return (
        <Dialog title={title} open={open} onClose={close}>
            <form
                className="stack"
                aria-describedby={id}
                onSubmit={(event) => {
                    event.preventDefault();
                    if (ready && !busy) onConfirm();
                }}
            >
                <p id={id}>{text}</p>
                {children}
                {word !== undefined && (
                    <Field
                        label={t('type_to_confirm', { word })}
                        value={typed}
                        autoComplete="off"
                        onChange={(event) => setTyped(event.target.value)}
                    />
                )}
                {error !== null && error !== undefined && error !== former && (
                    <Problem error={error} />
                )}
                <div className="row">
                    <Button type="submit" look="danger" disabled={!ready} busy={busy}>
                        {action}
                    </Button>
                    <Button look="plain" onClick={close}>
                        {t('do_not')}
                    </Button>
                </div>
            </form>
        </Dialog>
    );
}
