// The faults in the order in which the form has them, and what each may be.
import type { Faults } from '~/api/types';

export const kNoFaults: Faults = {
    seed: 1,
    down: false,
    silent: false,
    slow_ms: 0,
    refuse_every: 0,
    error_every: 0,
    lose_reply_every: 0,
    bad_json_every: 0,
    wrong_amount_every: 0,
    wrong_currency_every: 0,
    callbacks_lost_percent: 0,
    callbacks_delayed_percent: 0,
    callbacks_delay_seconds_max: 0,
    callbacks_repeated_percent: 0,
    callbacks_repeats: 0,
    callbacks_wrong_amount_percent: 0,
    refunds_accepted_percent: 0,
    refunds_refused_percent: 0,
    refunds_settled_after_seconds: 0,
};

export const kSwitches = ['down', 'silent'] as const;

export const kFaultGroups = [
    [
        'answers',
        [
            'slow_ms',
            'refuse_every',
            'error_every',
            'lose_reply_every',
            'bad_json_every',
            'wrong_amount_every',
            'wrong_currency_every',
        ],
    ],
    [
        'callbacks',
        [
            'callbacks_lost_percent',
            'callbacks_delayed_percent',
            'callbacks_delay_seconds_max',
            'callbacks_repeated_percent',
            'callbacks_repeats',
            'callbacks_wrong_amount_percent',
        ],
    ],
    [
        'refunds',
        ['refunds_accepted_percent', 'refunds_refused_percent', 'refunds_settled_after_seconds'],
    ],
] as const;

type Amount = (typeof kFaultGroups)[number][1][number];

const kPercentMax = 100;
const kRepeatsMax = 100;
const kNumberMax = 1_000_000;

export function mostOf(name: Amount): number {
    if (name.endsWith('_percent')) return kPercentMax;
    return name === 'callbacks_repeats' ? kRepeatsMax : kNumberMax;
}

// Whether anything goes wrong on purpose now; how often something repeats, or how late it comes,
// changes nothing while its share is zero.
export function anyFault(faults: Faults): boolean {
    const without: (keyof Faults)[] = [
        'seed',
        'callbacks_delay_seconds_max',
        'callbacks_repeats',
        'refunds_refused_percent',
        'refunds_settled_after_seconds',
    ];
    return (Object.keys(kNoFaults) as (keyof Faults)[]).some(
        (name) => !without.includes(name) && Boolean(faults[name]),
    );
}
