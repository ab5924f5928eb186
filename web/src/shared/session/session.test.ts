import { beforeEach, describe, expect, it, vi } from 'vitest';
import { beginSession, currentSession, endSession, isSessionStale } from './session';

describe('session', () => {
    beforeEach(() => {
        endSession('wipe');
        vi.useFakeTimers();
        return () => vi.useRealTimers();
    });

    it('has to be renewed shortly before its cookie goes', () => {
        beginSession(5, 15 * 60_000);
        expect(isSessionStale()).toBe(false);
        vi.advanceTimersByTime(14 * 60_000);
        expect(isSessionStale()).toBe(false);
        vi.advanceTimersByTime(40_000);
        expect(isSessionStale()).toBe(true);
        beginSession(5, 15 * 60_000);
        expect(isSessionStale()).toBe(false);
    });

    it('nobody has nothing to renew', () => {
        expect(isSessionStale()).toBe(false);
        beginSession(5, 0);
        expect(isSessionStale()).toBe(true);
        endSession('keep');
        expect(currentSession()).toBeNull();
        expect(isSessionStale()).toBe(false);
    });

    it('a renewal tells nobody that somebody else has come', () => {
        beginSession(5, 1000);
        const before = currentSession();
        beginSession(5, 1000);
        expect(currentSession()).toBe(before);
    });
});
