// A labelled input with its hint and its problem, tied together for screen readers.
import { useId, type InputHTMLAttributes, type ReactNode } from 'react';

export function Field({
    label,
    hint,
    problem,
    beside,
    ...input
}: {
    label: string;
    hint?: string;
    problem?: string;
    beside?: ReactNode;
} & InputHTMLAttributes<HTMLInputElement>) {
    const id = useId();
    const about = problem ? `${id}-problem` : hint ? `${id}-hint` : undefined;
    const control = (
        <input
            {...input}
            id={id}
            aria-invalid={problem ? true : undefined}
            aria-describedby={about}
        />
    );
    return (
        <div className="field">
            <label htmlFor={id}>{label}</label>
            {beside ? (
                <div className="with-button">
                    {control}
                    {beside}
                </div>
            ) : (
                control
            )}
            {hint && !problem && (
                <span id={`${id}-hint`} className="muted small">
                    {hint}
                </span>
            )}
            {problem && (
                <span id={`${id}-problem`} className="problem" role="alert">
                    {problem}
                </span>
            )}
        </div>
    );
}
