import type * as Module from './server-clock';
import { beforeEach, describe, expect, it, vi } from 'vitest';

type Clock = typeof Module;

const kStart = '2026-01-01T00:00:00.000Z';

describe("the server's clock", () => {
    let clock: Clock;
    beforeEach(async () => {
        vi.useFakeTimers({ toFake: ['performance'] });
        vi.resetModules();
        clock = await import('./server-clock');
        return () => vi.useRealTimers();
    });

    it('is unknown until the server has said its time', () => {
        expect(clock.serverNow()).toBeNull();
        clock.serverTimeSeen('nonsense', 10);
        expect(clock.serverNow()).toBeNull();
    });

    it('goes on with the steady counter, whatever the device calls the time', () => {
        clock.serverTimeSeen(kStart, 20);
        vi.setSystemTime(0);
        vi.advanceTimersByTime(1500);
        expect(clock.serverNow()).toBe(Date.parse(kStart) + 10 + 1500);
    });

    it('believes the sample with the shortest way', () => {
        clock.serverTimeSeen(kStart, 20);
        clock.serverTimeSeen(kStart, 400);
        expect(clock.serverNow()).toBe(Date.parse(kStart) + 10);
        clock.serverTimeSeen('2026-01-01T00:00:00.005Z', 2);
        expect(clock.serverNow()).toBe(Date.parse(kStart) + 6);
    });

    it('a sample that contradicts it wins: the server, or the device, was stopped', () => {
        clock.serverTimeSeen(kStart, 2);
        clock.serverTimeSeen('2026-01-01T01:00:00.000Z', 300);
        expect(clock.serverNow()).toBe(Date.parse('2026-01-01T01:00:00.150Z'));
    });
});
