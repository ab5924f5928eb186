// A file from the server. What goes wrong before the browser takes over is shown beside it.
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { download } from './client';

export function DownloadButton({ path, children }: { path: string; children: ReactNode }) {
    const fetchFile = useMutation({ mutationFn: () => download(path) });
    return (
        <>
            <Button look="plain" busy={fetchFile.isPending} onClick={() => fetchFile.mutate()}>
                {children}
            </Button>
            {fetchFile.error && <Problem error={fetchFile.error} />}
        </>
    );
}
