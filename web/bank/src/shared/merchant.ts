// A company whose bills this bank pays, as the bank knows it.
import { useQuery } from '@tanstack/react-query';
import type { Merchant } from '~/api/types';
import { ask } from './client';

export function useMerchant(name: string) {
    return useQuery({
        queryKey: ['merchant', name],
        queryFn: () => ask<Merchant>(null, 'GET', `/api/v1/merchants/${encodeURIComponent(name)}`),
    });
}
