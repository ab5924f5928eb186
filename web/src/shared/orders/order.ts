// One order, as the server last said it; pages of several features follow the same one.
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { kPrivateKey } from '../api/query';
import { useLive } from '../live/stream';

// Between two of these the stream, where it is there, says sooner what happened.
const kAloneMs = 2000;
const kLiveMs = 15_000;

const kMoving = ['reserved', 'paid', 'refunding'];

export function isMoving(state: string | undefined): boolean {
    return kMoving.includes(state ?? '');
}

// How often something about an order is asked again while the order may still change.
export function useAgainMs(): number {
    return useLive() ? kLiveMs : kAloneMs;
}

export function useOrder(id: number) {
    const againMs = useAgainMs();
    return useQuery({
        queryKey: [kPrivateKey, 'orders', 'one', id],
        queryFn: async () =>
            (await ask(api.GET('/api/v1/orders/{order}', { params: { path: { order: id } } })))
                .order,
        refetchInterval: (query) => (isMoving(query.state.data?.state) ? againMs : false),
    });
}
