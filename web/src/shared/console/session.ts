// Which member of staff is logged in, as far as the page knows. Staff and buyers have logins of
// their own in the same browser; this one's cookies no script can read, so only the number is here.
import { queryClient } from '../api/query';
import { askForLogin, oneTabRenews, type Renewal } from '../api/transport';
import { readStored, removeStored, writeStored } from '../storage';
import { createStore, useStore } from '../store';

const kKey = 'onsale.staff';
// How often this browser's login of staff was made or renewed; outlives the login.
const kRenewalsKey = 'onsale.staff.renewals';
// Query keys that begin with this hold what only staff may see; they go when the login ends.
export const kConsoleKey = 'console';

function stored(): number | null {
    return readStored<number>(kKey) ?? null;
}

const staff = createStore<number | null>(stored());

export function useStaffPerson(): number | null {
    return useStore(staff);
}

export function beginStaff(person: number): void {
    queryClient.removeQueries({ queryKey: [kConsoleKey] });
    writeStored(kKey, person);
    countRenewal();
    staff.set(person);
}

export function endStaff(): void {
    removeStored(kKey);
    staff.set(null);
    queryClient.removeQueries({ queryKey: [kConsoleKey] });
}

function renewals(): number {
    return readStored<number>(kRenewalsKey) ?? 0;
}

function countRenewal(): void {
    writeStored(kRenewalsKey, renewals() + 1);
}

const renew = oneTabRenews('onsale.staff.renewal', renewals, async () => {
    const answer = await askForLogin('/api/v1/staff/logins/refresh');
    if (answer.ok) {
        countRenewal();
        return true;
    }
    // Over, or not allowed any more; a busy server leaves it as it is.
    if (answer.status === 401 || answer.status === 403) endStaff();
    return false;
});

export const staffRenewal: Renewal = {
    active: () => staff.get() !== null,
    renew,
    renewedAt: renewals,
};

// Another tab logged in or out.
window.addEventListener('storage', (event) => {
    if (event.key !== kKey || stored() === staff.get()) return;
    queryClient.removeQueries({ queryKey: [kConsoleKey] });
    staff.set(stored());
});
