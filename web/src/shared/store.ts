// A value that components can watch: the smallest store that useSyncExternalStore needs.
import { useSyncExternalStore } from 'react';

export interface Store<T> {
    get(): T;
    set(value: T): void;
    watch(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
    let value = initial;
    const listeners = new Set<() => void>();
    return {
        get: () => value,
        set(next) {
            if (Object.is(next, value)) return;
            value = next;
            listeners.forEach((listener) => listener());
        },
        watch(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
    };
}

export function useStore<T>(store: Store<T>): T {
    return useSyncExternalStore(store.watch, store.get, store.get);
}
