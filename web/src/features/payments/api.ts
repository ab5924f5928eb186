import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Payment } from '@/api/money';
import { api, ask } from '@/shared/api/client';
import { kPrivateKey } from '@/shared/api/query';
import { useAgainMs } from '@/shared/orders/order';

export type { Payment };

// Under the orders' key, so that the stream's word about an order makes them old as well.
const keyOf = (order: number) => [kPrivateKey, 'orders', 'payments', order];

// The stream tells of orders only: that a payment failed is asked for.
const kOpenMs = 3000;
const isOpen = ({ state }: Payment) => state === 'open' || state === 'authorised';

export function usePayments(order: number, moving: boolean) {
    const againMs = useAgainMs();
    return useQuery({
        queryKey: keyOf(order),
        queryFn: async () =>
            (await ask(api.GET('/api/v1/orders/{order}/payments', { params: { path: { order } } })))
                .payments,
        refetchInterval: (query) => {
            if (!moving) return false;
            return query.state.data?.some(isOpen) ? Math.min(againMs, kOpenMs) : againMs;
        },
    });
}

export interface Start {
    bank: number;
    way: 'token' | 'cashier';
    token?: string;
}

// The same bank and way again (and the same token) is the same payment: asking again after silence
// starts nothing twice.
export function useStartPayment(order: number) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (start: Start) =>
            ask(
                api.POST('/api/v1/orders/{order}/payments', {
                    params: { path: { order } },
                    body: start,
                }),
            ),
        onSuccess: (started) => {
            client.setQueryData<Payment[]>(keyOf(order), (known) => [
                ...(known ?? []).filter((one) => one.payment !== started.payment),
                started,
            ]);
        },
        onSettled: () => client.invalidateQueries({ queryKey: [kPrivateKey, 'orders'] }),
    });
}
