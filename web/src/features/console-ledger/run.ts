// A reconciliation on its way: whether it has ended, and how it stands in words.
import type { ReconciliationRow } from '@/api/money';
import { useLedgerTexts } from './texts';

type Standing = Pick<ReconciliationRow, 'state' | 'clean' | 'differences'>;

export function hasEnded({ state }: Pick<Standing, 'state'>): boolean {
    return state === 'done' || state === 'failed';
}

export function lookOf({ state, clean }: Standing): '' | 'good' | 'bad' {
    if (state === 'done') return clean ? 'good' : 'bad';
    return state === 'failed' ? 'bad' : '';
}

export function useStanding(): (run: Standing) => string {
    const t = useLedgerTexts();
    return (run) => {
        if (run.state !== 'done') return t(`run_${run.state}` as 'run_waiting');
        return run.clean ? t('clean') : t('found', { count: run.differences });
    };
}
