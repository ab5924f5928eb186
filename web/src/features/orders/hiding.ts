// Deleting an order from one's list can be taken back for some seconds: the order leaves the screen
// at once and is asked to be hidden when the time is over, or when the page is left.
import { useCallback, useEffect, useRef, useState } from 'react';
import { notify } from '@/shared/ui/notices';
import { useHideOrder } from './api';
import { useOrderTexts } from './texts';

const kUndoSeconds = 6;

interface Waiting {
    timer: ReturnType<typeof setTimeout>;
    dismiss: () => void;
}

export function useHiding(onFailure: (error: unknown) => void) {
    const t = useOrderTexts();
    const { mutateAsync } = useHideOrder();
    const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
    const waiting = useRef(new Map<number, Waiting>());

    const show = useCallback((id: number) => {
        setHidden((before) => new Set([...before].filter((one) => one !== id)));
    }, []);
    const carryOut = useCallback(
        (id: number) => {
            waiting.current.delete(id);
            mutateAsync(id).catch((error: unknown) => {
                show(id);
                onFailure(error);
            });
        },
        [mutateAsync, onFailure, show],
    );

    const hide = (id: number) => {
        setHidden((before) => new Set(before).add(id));
        const undo = () => {
            clearTimeout(waiting.current.get(id)?.timer);
            waiting.current.delete(id);
            show(id);
        };
        const dismiss = notify({
            text: t('removed'),
            action: { label: t('undo'), run: undo },
            seconds: kUndoSeconds,
        });
        const timer = setTimeout(() => carryOut(id), kUndoSeconds * 1000);
        waiting.current.set(id, { timer, dismiss });
    };

    const latest = useRef(carryOut);
    latest.current = carryOut;
    useEffect(() => {
        const all = waiting.current;
        return () => {
            for (const [id, { timer, dismiss }] of [...all]) {
                clearTimeout(timer);
                dismiss();
                latest.current(id);
            }
        };
    }, []);
    return { hidden, hide };
}
