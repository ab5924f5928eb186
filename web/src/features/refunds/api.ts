import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Refund } from '@/api/money';
import { api, ask } from '@/shared/api/client';
import { kPrivateKey } from '@/shared/api/query';
import { useAgainMs } from '@/shared/orders/order';
import { isOpen, withTold } from './states';

export type { Refund, RefundTerms } from '@/api/money';

export function useTerms(order: number) {
    return useQuery({
        // Not under the orders' key: what was read is not exchanged while somebody acts on it.
        queryKey: [kPrivateKey, 'refund-terms', order],
        queryFn: () =>
            ask(api.GET('/api/v1/orders/{order}/refund-terms', { params: { path: { order } } })),
        staleTime: 0,
    });
}

// What was just asked for, as the server answered; lists may be some moments behind it.
const kToldKey = [kPrivateKey, 'refund-told'];
const kOpenMs = 3000;

export function useRefunds() {
    const client = useQueryClient();
    const againMs = useAgainMs();
    return useInfiniteQuery({
        queryKey: [kPrivateKey, 'orders', 'refunds'],
        queryFn: async ({ pageParam }) => {
            const page = await ask(
                api.GET('/api/v1/refunds', {
                    params: { query: { limit: 20, ...(pageParam && { before: pageParam }) } },
                }),
            );
            const told = client.getQueryData<Refund>(kToldKey);
            const refunds = pageParam ? page.refunds : withTold(page.refunds, told);
            return { ...page, refunds };
        },
        initialPageParam: 0,
        getNextPageParam: (page) => page.next ?? undefined,
        refetchInterval: (query) =>
            query.state.data?.pages.some((page) => page.refunds.some(isOpen))
                ? Math.min(againMs, kOpenMs)
                : false,
    });
}

export interface Request {
    reason: string;
    note: string;
}

// `done` is called also when the page that asked is no longer there.
export function useRequestRefund(order: number, done: () => void) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (body: Request): Promise<Refund> =>
            ask(api.POST('/api/v1/orders/{order}/refunds', { params: { path: { order } }, body })),
        onSuccess: (refund) => {
            client.setQueryData(kToldKey, refund);
            done();
        },
        onSettled: () => client.invalidateQueries({ queryKey: [kPrivateKey, 'orders'] }),
    });
}

export function useCancelRefund() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (refund: number): Promise<Refund> =>
            ask(api.DELETE('/api/v1/refunds/{refund}', { params: { path: { refund } } })),
        onSettled: () => client.invalidateQueries({ queryKey: [kPrivateKey, 'orders'] }),
    });
}
