import { useQuery } from '@tanstack/react-query';
import type { Customer } from '~/api/types';
import { ask } from './client';
import { useLogin } from './session';

export function useMe() {
    const login = useLogin('customer');
    return useQuery({
        queryKey: ['customer', 'me'],
        queryFn: () => ask<Customer>('customer', 'GET', '/api/v1/me'),
        enabled: login !== null,
    });
}
