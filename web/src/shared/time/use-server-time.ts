import { useEffect, useState } from 'react';
import { serverNow, watchServerClock } from './server-clock';

// The server's time, given anew each second, and exactly when `edges` (times in milliseconds) are
// reached. Null until the server has said its time.
export function useServerTime(...edges: number[]): number | null {
    const [now, setNow] = useState(serverNow);
    const key = edges.join();
    useEffect(() => {
        let timer: ReturnType<typeof setTimeout>;
        const times = key === '' ? [] : key.split(',').map(Number);
        const tick = () => {
            const time = serverNow();
            setNow(time);
            if (time === null) return;
            const nextEdge = Math.min(...times.filter((edge) => edge > time), Infinity);
            const wait = Math.min(1000 - (time % 1000), nextEdge - time);
            timer = setTimeout(tick, Math.max(Math.ceil(wait), 1));
        };
        tick();
        const unwatch = watchServerClock(() => {
            clearTimeout(timer);
            tick();
        });
        return () => {
            unwatch();
            clearTimeout(timer);
        };
    }, [key]);
    return now;
}
