import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError, ServerAway } from '@/shared/api/errors';
import {
    forgetWish,
    newKey,
    pursue,
    storeWish,
    storedWish,
    waitBefore,
    type Placed,
    type RushState,
    type Wish,
} from './rush';

const kWish: Wish = { campaign: 7, key: 'k1', lines: [{ tier: 3, quantity: 2 }] };
const kPlaced: Placed = { order: { id: 1, state: 'completed' }, outcome: 'accepted' };

function refusal(status: number, code: string, retryAfter?: number) {
    return new ApiError(status, code, code, '', {}, '', undefined, retryAfter);
}

// Answers one after the other; the last one for ever.
async function run(answers: (Placed | Error)[]) {
    const sent: Wish[] = [];
    const steps: string[] = [];
    const waits: number[] = [];
    const end = await pursue(kWish, {
        send(wish) {
            sent.push(wish);
            const answer = answers[Math.min(sent.length, answers.length) - 1];
            return answer instanceof Error
                ? Promise.reject(answer)
                : Promise.resolve(answer as Placed);
        },
        wait(milliseconds) {
            waits.push(milliseconds);
            return Promise.resolve();
        },
        random: () => 0.5,
        show: (state: RushState) => steps.push(state.step),
        stopped: () => false,
    });
    return { sent, steps, waits, end };
}

describe('rush', () => {
    it('an acceptance is final', async () => {
        const { sent, steps } = await run([kPlaced]);
        expect(sent).toHaveLength(1);
        expect(steps).toEqual(['sending', 'got']);
    });

    it('silence and a busy server are asked again, with the same wish', async () => {
        const answers = [new ServerAway('x'), refusal(503, 'busy'), refusal(500, 'internal_error')];
        const { sent, steps } = await run([...answers, kPlaced]);
        expect(steps).toEqual(['sending', 'unknown', 'queued', 'unknown', 'got']);
        expect(new Set(sent)).toEqual(new Set([kWish]));
    });

    it.each([
        [409, 'sold_out'],
        [409, 'not_open_yet'],
        [410, 'campaign_ended'],
        [409, 'over_tickets_per_person'],
        [422, 'key_reused'],
    ])('%d %s is final', async (status, code) => {
        const { sent, end } = await run([refusal(status, code), kPlaced]);
        expect(sent).toHaveLength(1);
        expect(end).toMatchObject({ step: 'refused', error: { code } });
    });

    it('an ended login keeps the wish for the next one', async () => {
        expect((await run([refusal(401, 'login_revoked')])).end.step).toBe('login');
    });

    it('a long silence is left to the person', async () => {
        const { end, sent } = await run([new ServerAway('x')]);
        expect(end.step).toBe('paused');
        expect(sent).toHaveLength(40);
    });

    it('waits grow to a bound, and as long as the server asks', () => {
        const waits = [0, 1, 2, 9].map((attempt) => waitBefore(attempt, null, () => 0.5));
        expect(waits).toEqual([500, 1000, 2000, 5000]);
        expect(waitBefore(0, refusal(503, 'busy', 3), () => 0.5)).toBe(3000);
    });
});

describe('a stored wish', () => {
    beforeEach(() => localStorage.clear());

    it('is there until it is forgotten, for its person and campaign only', () => {
        expect(storeWish(5, kWish)).toBe(true);
        expect(storedWish(5, 7)).toEqual(kWish);
        expect(storedWish(6, 7)).toBeUndefined();
        expect(storedWish(5, 8)).toBeUndefined();
        forgetWish(5, 7);
        expect(storedWish(5, 7)).toBeUndefined();
    });

    it('keys are what the server takes, and different', () => {
        expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
        expect(newKey()).not.toBe(newKey());
    });
});
