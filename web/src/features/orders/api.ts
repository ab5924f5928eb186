import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { kPrivateKey } from '@/shared/api/query';

export type { Order } from '@/api/types';
export const kStates = [
    'reserved',
    'paid',
    'completed',
    'refunding',
    'refunded',
    'failed',
    'cancelled',
    'expired',
] as const;
export type OrderState = (typeof kStates)[number];

export function useOrders(state: OrderState | null) {
    return useInfiniteQuery({
        queryKey: [kPrivateKey, 'orders', 'list', state],
        queryFn: ({ pageParam }) =>
            ask(
                api.GET('/api/v1/orders', {
                    params: {
                        query: {
                            limit: 20,
                            ...(state && { state }),
                            ...(pageParam && { before: pageParam }),
                        },
                    },
                }),
            ),
        initialPageParam: 0,
        getNextPageParam: (page) => page.next ?? undefined,
    });
}

export function useCancelOrder() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: async (id: number) =>
            (
                await ask(
                    api.POST('/api/v1/orders/{order}/cancel', { params: { path: { order: id } } }),
                )
            ).order,
        onSettled: () => client.invalidateQueries({ queryKey: [kPrivateKey, 'orders'] }),
    });
}

export function useHideOrder() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (id: number) =>
            ask(api.DELETE('/api/v1/orders/{order}', { params: { path: { order: id } } })),
        onSettled: () => client.invalidateQueries({ queryKey: [kPrivateKey, 'orders'] }),
    });
}
