// The stream's word about the person's own orders makes what the pages know of them old. Without a
// stream, pages of unfinished orders ask by themselves.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { kPrivateKey } from '@/shared/api/query';
import { holdStream, watchOrders } from '@/shared/live/stream';
import { useSession } from '@/shared/session/session';

export function useLiveOrders(): void {
    const client = useQueryClient();
    const person = useSession()?.person;
    useEffect(() => {
        if (person === undefined) return;
        const release = holdStream();
        const unwatch = watchOrders((order) => {
            for (const key of ['orders', 'tickets', 'statistics'])
                void client.invalidateQueries({ queryKey: [kPrivateKey, key] });
            void client.invalidateQueries({ queryKey: ['campaign', order.campaign] });
        });
        return () => {
            unwatch();
            release();
        };
    }, [client, person]);
}
