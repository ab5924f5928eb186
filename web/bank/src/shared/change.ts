// A change at the bank: afterwards everything that its role has seen is asked for anew, and a short
// notice says what was done.
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { ServerAway } from '@/shared/api/errors';
import { notify } from '@/shared/ui/notices';
import type { Who } from './session';

interface Change<Input, Data> {
    who: Who;
    run: (input: Input) => Promise<Data>;
    done?: (data: Data, input: Input) => string | undefined;
    then?: (data: Data, input: Input) => void;
}

export function useChange<Input = void, Data = unknown>({
    who,
    run,
    done,
    then,
}: Change<Input, Data>): UseMutationResult<Data, Error, Input> {
    const client = useQueryClient();
    const seeAnew = () => void client.invalidateQueries({ queryKey: [who] });
    return useMutation<Data, Error, Input>({
        mutationFn: run,
        onSuccess: (data, input) => {
            seeAnew();
            const text = done?.(data, input);
            if (text) notify({ text });
            then?.(data, input);
        },
        // Without an answer it may have been done.
        onError: (error) => {
            if (error instanceof ServerAway) seeAnew();
        },
    });
}
