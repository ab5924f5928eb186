import { useQuery } from '@tanstack/react-query';
import type { CodePurpose, CodeTarget, Login, Registration } from '@/api/types';
import { api, ask } from '@/shared/api/client';
import { kPrivateKey, queryClient } from '@/shared/api/query';
import { rememberLogin } from '@/shared/api/transport';
import { endSession, useSession } from '@/shared/session/session';

export function useMe() {
    const person = useSession()?.person;
    return useQuery({
        queryKey: [kPrivateKey, 'me', person],
        queryFn: () => ask(api.GET('/api/v1/me')),
        staleTime: 60_000,
    });
}

export async function refreshMe(): Promise<void> {
    await queryClient.invalidateQueries({ queryKey: [kPrivateKey, 'me'] });
}

function begin(login: Login): void {
    rememberLogin(login);
    // What was seen as a visitor may say something else to a person.
    void queryClient.invalidateQueries();
}

export async function logIn(username: string, password: string): Promise<void> {
    begin(await ask(api.POST('/api/v1/logins', { body: { username, password, cookies: true } })));
}

export async function register(registration: Registration): Promise<void> {
    begin(await ask(api.POST('/api/v1/people', { body: registration })));
}

// The person leaves: what this browser keeps of them goes even when the server cannot be told now.
export async function logOut(): Promise<void> {
    try {
        await ask(api.DELETE('/api/v1/logins/current'));
    } finally {
        endSession('wipe');
    }
}

export async function isFree(username: string): Promise<boolean> {
    return (await ask(api.GET('/api/v1/people/free', { params: { query: { username } } }))).free;
}

export function sendCode(purpose: CodePurpose, target: CodeTarget) {
    return ask(api.POST('/api/v1/codes', { body: { purpose, ...target } }));
}

export function useLogins() {
    return useQuery({
        queryKey: [kPrivateKey, 'logins'],
        queryFn: () => ask(api.GET('/api/v1/logins')),
    });
}

export function useStatistics() {
    return useQuery({
        queryKey: [kPrivateKey, 'statistics'],
        queryFn: () => ask(api.GET('/api/v1/me/statistics')),
    });
}
