// A wish in a page: sends it, follows it, and takes it up again after a reload.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ask } from '@/shared/api/client';
import { kPrivateKey } from '@/shared/api/query';
import { useSession } from '@/shared/session/session';
import {
    forgetWish,
    newKey,
    pursue,
    storeWish,
    storedWish,
    type Line,
    type Placed,
    type RushState,
    type Wish,
} from './rush';

export interface Rush {
    state: RushState;
    // Nothing could be stored, so nothing was sent.
    cannotKeep: boolean;
    start(lines?: Line[]): void;
    askAgain(): void;
    reset(): void;
}

async function place(wish: Wish): Promise<Placed> {
    const { campaign, key, lines } = wish;
    return ask(
        api.POST('/api/v1/orders', {
            params: { header: { 'Idempotency-Key': key } },
            body: { campaign, ...(lines && { lines }) },
        }),
    );
}

const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

export function useRush(campaign: number): Rush {
    const client = useQueryClient();
    const person = useSession()?.person;
    const [state, setState] = useState<RushState>({ step: 'idle' });
    const [cannotKeep, setCannotKeep] = useState(false);
    // Each run has a number; a page that is gone, or a newer run, makes it old.
    const run = useRef(0);

    const follow = useCallback(
        async (wish: Wish, of: number) => {
            run.current += 1;
            const mine = run.current;
            const end = await pursue(wish, {
                send: place,
                wait,
                random: Math.random,
                show: setState,
                stopped: () => run.current !== mine,
            });
            if (end.step !== 'got' && end.step !== 'refused') return;
            forgetWish(of, wish.campaign);
            for (const key of ['orders', 'tickets', 'statistics'])
                void client.invalidateQueries({ queryKey: [kPrivateKey, key] });
            void client.invalidateQueries({ queryKey: ['campaign', wish.campaign] });
        },
        [client],
    );

    useEffect(() => {
        const waiting = person === undefined ? undefined : storedWish(person, campaign);
        if (waiting && person !== undefined) void follow(waiting, person);
        return () => {
            run.current += 1;
        };
    }, [campaign, person, follow]);

    const start = (lines?: Line[]) => {
        if (person === undefined) return;
        const wish = storedWish(person, campaign) ?? { campaign, key: newKey(), lines };
        if (!storeWish(person, wish)) return setCannotKeep(true);
        void follow(wish, person);
    };
    const askAgain = () => {
        const waiting = person === undefined ? undefined : storedWish(person, campaign);
        if (waiting && person !== undefined) void follow(waiting, person);
    };
    return { state, cannotKeep, start, askAgain, reset: () => setState({ step: 'idle' }) };
}
