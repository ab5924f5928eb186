// A file to keep, made or fetched by `make`. The login goes with the request, so the page fetches
// the file and hands it to the browser.
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { errorOf } from '@/shared/api/errors';
import { Button } from '@/shared/ui/button';
import { Problem } from '@/shared/ui/problem';
import { send, type Query } from './client';
import type { Who } from './session';

const kKeptMs = 60_000;

function keep(file: Blob, name: string): void {
    const address = URL.createObjectURL(file);
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), kKeptMs);
}

export async function fetchFile(who: Who, path: string, query: Query): Promise<Blob> {
    const answer = await send(who, 'GET', path, { query });
    if (!answer.ok) throw errorOf(answer, await answer.json().catch(() => undefined));
    return answer.blob();
}

export function DownloadButton({
    name,
    make,
    children,
}: {
    name: string;
    make: () => Promise<Blob>;
    children: ReactNode;
}) {
    const file = useMutation({ mutationFn: make, onSuccess: (made) => keep(made, name) });
    return (
        <>
            <Button look="plain" busy={file.isPending} onClick={() => file.mutate()}>
                {children}
            </Button>
            {file.error && <Problem error={file.error} />}
        </>
    );
}
