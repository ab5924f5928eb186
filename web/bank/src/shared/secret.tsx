// Something told once: to be read, selected and copied.
import { useId } from 'react';
import { CopyButton } from '@/shared/ui/copy-button';

export function Secret({
    title,
    hint,
    copy,
    text,
}: {
    title: string;
    hint: string;
    copy: string;
    text: string;
}) {
    const id = useId();
    return (
        <div className="stack tight">
            <label htmlFor={id} className="strong">
                {title}
            </label>
            <p id={`${id}-hint`} className="muted small">
                {hint}
            </p>
            <textarea
                id={id}
                className="secret"
                aria-describedby={`${id}-hint`}
                readOnly
                rows={4}
                value={text}
                onFocus={(event) => event.target.select()}
            />
            <CopyButton text={text} label={copy} />
        </div>
    );
}
