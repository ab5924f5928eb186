// The server's API with a login of staff, and what pages of the console do with it: questions whose
// answers go at logout, and changes that say what they did.
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import createClient from 'openapi-fetch';
import { ask, type Paths } from '../api/client';
import { errorOf } from '../api/errors';
import { sendWith } from '../api/transport';
import { notify } from '../ui/notices';
import { kConsoleKey, staffRenewal } from './session';

const sendAsStaff = sendWith(staffRenewal);

export const staffApi = createClient<Paths>({
    baseUrl: window.location.origin,
    fetch: sendAsStaff,
});

// For bodies that are not JSON: pictures and files.
export async function sendBytes<Data>(
    method: 'POST' | 'PUT',
    path: string,
    body: Blob,
    type: string,
): Promise<Data> {
    const answer = await sendAsStaff(
        new Request(new URL(path, window.location.href), {
            method,
            headers: { 'Content-Type': type },
            body,
        }),
    );
    const text = await answer.text();
    const data: unknown = text === '' ? undefined : JSON.parse(text);
    if (!answer.ok) throw errorOf(answer, data);
    return data as Data;
}

// Files are fetched by the browser itself, as they come; so the login is made fresh before.
export async function download(path: string): Promise<void> {
    await ask(staffApi.GET('/api/v1/staff/me'));
    const link = document.createElement('a');
    link.href = path;
    link.download = '';
    document.body.append(link);
    link.click();
    link.remove();
}

interface Change<Input, Data> {
    run: (input: Input) => Promise<Data>;
    // What changed, in words; nothing: the page itself shows it.
    done?: (data: Data, input: Input) => string | undefined;
    then?: (data: Data, input: Input) => void;
}

export function useChange<Input = void, Data = unknown>({
    run,
    done,
    then,
}: Change<Input, Data>): UseMutationResult<Data, Error, Input> {
    const client = useQueryClient();
    return useMutation<Data, Error, Input>({
        mutationFn: run,
        onSuccess: (data, input) => {
            void client.invalidateQueries({ queryKey: [kConsoleKey] });
            const text = done?.(data, input);
            if (text) notify({ text });
            then?.(data, input);
        },
    });
}
