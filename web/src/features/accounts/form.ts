// The state of a small form: values, what is wrong with them, and where the server's word goes.
import { useState } from 'react';
import { ApiError } from '@/shared/api/errors';
import { fieldOf } from './rules';

type Values = Record<string, string>;
type Problems<V> = Partial<Record<keyof V, string>>;

export function useForm<V extends Values>(initial: V, check: (values: V) => Problems<V>) {
    const [values, setValues] = useState(initial);
    const [problems, setProblems] = useState<Problems<V>>({});
    const [failure, setFailure] = useState<unknown>(null);
    const [busy, setBusy] = useState(false);

    const bind = (name: keyof V & string) => ({
        name,
        value: values[name],
        problem: problems[name],
        onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
            setValues({ ...values, [name]: event.target.value });
            setProblems({ ...problems, [name]: undefined });
        },
        // A field that was left is checked, unless nothing was entered yet.
        onBlur: () => {
            if (values[name] !== '') setProblems({ ...problems, [name]: check(values)[name] });
        },
    });

    const fail = (error: unknown) => {
        const field = error instanceof ApiError ? fieldOf(error) : undefined;
        if (field !== undefined && field in values)
            setProblems((before) => ({ ...before, [field]: (error as ApiError).message }));
        else setFailure(error);
    };

    const submit = (send: (values: V) => Promise<void>) => async (event: React.FormEvent) => {
        event.preventDefault();
        if (busy) return;
        const found = check(values);
        setProblems(found);
        setFailure(null);
        const first = Object.keys(values).find((name) => found[name]);
        if (first !== undefined) {
            const form = event.currentTarget as HTMLFormElement;
            form.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
            return;
        }
        setBusy(true);
        try {
            await send(values);
        } catch (error) {
            fail(error);
        } finally {
            setBusy(false);
        }
    };

    return { values, setValues, bind, fail, submit, failure, busy };
}
