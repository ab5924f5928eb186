// What the bank says about itself: its name, and with it the colour that its pages wear.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useServerAway } from '@/shared/api/connection';
import type { Bank } from '~/api/types';
import { ask } from './client';
import { kTriesMax } from './query';
import { useBankTexts } from './texts';

const kBrands = 4;
const kRefetchMs = 5 * 60_000;
// While the bank is away this question finds out when it is back.
const kAwayMs = 3000;

export function useBank() {
    const away = useServerAway();
    return useQuery({
        queryKey: ['bank'],
        queryFn: () => ask<Bank>(null, 'GET', '/api/v1/bank'),
        staleTime: kRefetchMs,
        // The answer brings the bank's time as well.
        refetchInterval: away ? kAwayMs : kRefetchMs,
        retry: away ? false : kTriesMax,
    });
}

export function useBankName(): string {
    const t = useBankTexts();
    return useBank().data?.name || t('bank');
}

// One of the style sheet's colours, always the same one for a name.
export function brandOf(name: string): string {
    const sum = [...name].reduce((all, letter) => (all * 31 + letter.codePointAt(0)!) % 9973, 0);
    return String(sum % kBrands);
}

export function useBrand(): string {
    const name = useBank().data?.name;
    const brand = name === undefined ? '' : brandOf(name);
    useEffect(() => {
        if (brand !== '') document.documentElement.dataset.brand = brand;
    }, [brand]);
    return brand;
}
