// The cache of what the bank said. A refusal is an answer and is not asked again; silence and 503
// are, a few times.
import { QueryClient } from '@tanstack/react-query';
import { onServerReturn } from '@/shared/api/connection';
import { ApiError, ServerAway } from '@/shared/api/errors';

export const kTriesMax = 3;

export const queryClient = new QueryClient({
    defaultOptions: {
        queries: {
            networkMode: 'always',
            staleTime: 5000,
            retry: (count, error) =>
                count < kTriesMax &&
                (error instanceof ServerAway ||
                    (error instanceof ApiError && error.status === 503)),
            retryDelay: (count) => Math.min(500 * 2 ** count, 4000),
        },
        mutations: { networkMode: 'always', retry: false },
    },
});

onServerReturn(() => {
    void queryClient.invalidateQueries();
});
