// The person's inbox: the newest messages and how many are unread. Asked anew when an order's news
// comes by the stream, and now and then.
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { kPrivateKey } from '../api/query';
import { useSession } from '../session/session';

const kAgainMs = 60_000;

// Under the orders' key: what is told there is about orders.
export const kInboxKey = [kPrivateKey, 'orders', 'messages'];

export function useInbox() {
    return useInfiniteQuery({
        queryKey: kInboxKey,
        queryFn: ({ pageParam }) =>
            ask(
                api.GET('/api/v1/me/messages', {
                    params: { query: { limit: 20, ...(pageParam && { before: pageParam }) } },
                }),
            ),
        initialPageParam: 0,
        getNextPageParam: (page) => page.next ?? undefined,
        refetchInterval: kAgainMs,
        enabled: useSession() !== null,
    });
}

export function useUnread(): number {
    return useInbox().data?.pages[0]?.unread ?? 0;
}
