import { useSearchParams } from 'react-router-dom';

// Where to go after logging in: a path of this site, never another one.
export function useNext(): string {
    const next = useSearchParams()[0].get('next') ?? '/';
    return /^\/(?![/\\])/.test(next) ? next : '/';
}
