// Who is logged in at the bank: a customer, a teller, or both in one browser. The token lives in
// this tab's storage and goes with the tab. Cookies would be worse: a browser does not tell the ports
// of one machine apart, so two banks and a shop would share them.
import { createStore, useStore, type Store } from '@/shared/store';
import type { LoggedIn } from '~/api/types';
import { queryClient } from './query';

export type Who = 'customer' | 'teller';

const keyOf = (who: Who) => `bank.${who}`;

function stored(who: Who): LoggedIn | null {
    try {
        return JSON.parse(sessionStorage.getItem(keyOf(who)) ?? 'null') as LoggedIn | null;
    } catch {
        return null;
    }
}

function store(who: Who, login: LoggedIn | null): void {
    try {
        if (login) sessionStorage.setItem(keyOf(who), JSON.stringify(login));
        else sessionStorage.removeItem(keyOf(who));
    } catch {
        // Without storage the login lasts until the page is left.
    }
}

const logins: Record<Who, Store<LoggedIn | null>> = {
    customer: createStore(stored('customer')),
    teller: createStore(stored('teller')),
};

export function currentLogin(who: Who): LoggedIn | null {
    return logins[who].get();
}

export function useLogin(who: Who): LoggedIn | null {
    return useStore(logins[who]);
}

export function beginLogin(who: Who, login: LoggedIn): void {
    queryClient.removeQueries({ queryKey: [who] });
    store(who, login);
    logins[who].set(login);
}

// Query keys that begin with the name of a role hold what only that one may see.
export function endLogin(who: Who): void {
    store(who, null);
    logins[who].set(null);
    queryClient.removeQueries({ queryKey: [who] });
}
