// The cache of what the server said. A refusal is an answer and is not asked again; silence and 503
// are, a few times.
import { QueryClient } from '@tanstack/react-query';
import { onSessionEnd } from '../session/session';
import { onServerReturn } from './connection';
import { ApiError, ServerAway } from './errors';

const kTriesMax = 3;

export const queryClient = new QueryClient({
    defaultOptions: {
        queries: {
            networkMode: 'always',
            staleTime: 10_000,
            retry: (count, error) =>
                count < kTriesMax &&
                (error instanceof ServerAway ||
                    (error instanceof ApiError && error.status === 503)),
            retryDelay: (count) => Math.min(500 * 2 ** count, 4000),
        },
        mutations: { networkMode: 'always', retry: false },
    },
});

// Keys that begin with this hold what belongs to a person; they go when the person does.
export const kPrivateKey = 'private';

onSessionEnd(() => {
    queryClient.removeQueries({ queryKey: [kPrivateKey] });
});
onServerReturn(() => {
    void queryClient.invalidateQueries();
});
