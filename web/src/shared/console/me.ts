// Who works here: roles decide which pages there are, organisers whose things may be changed. The
// server decides again at each request.
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { StaffMe } from '@/api/console-types';
import { ask } from '../api/client';
import { staffApi } from './client';
import { kConsoleKey } from './session';

const kAskAgainMs = 60_000;

export function useStaffMeQuery(enabled: boolean) {
    return useQuery({
        queryKey: [kConsoleKey, 'me'],
        queryFn: () => ask(staffApi.GET('/api/v1/staff/me')),
        // Roles may change, and an account may be disabled, while the page stands open.
        refetchInterval: kAskAgainMs,
        enabled,
    });
}

export const StaffContext = createContext<StaffMe | null>(null);

export function useStaff(): StaffMe {
    const staff = useContext(StaffContext);
    if (!staff) throw new Error('a page of the console stands outside of its layout');
    return staff;
}

export function useIsAdmin(): boolean {
    return useStaff().roles.includes('admin');
}
