// The server's API for buyers' pages, typed by the server's own document. `ask` turns an answer into
// its data, or throws what errors.ts describes.
import createClient from 'openapi-fetch';
import type { paths } from '@/api/schema';
import { errorOf } from './errors';
import { personRenewal, sendWith } from './transport';

export type Paths = paths;

export const api = createClient<Paths>({
    baseUrl: window.location.origin,
    fetch: sendWith(personRenewal),
});

interface Answer<Data> {
    data?: Data;
    error?: unknown;
    response: Response;
}

export async function ask<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
    const { data, error, response } = await answer;
    if (!response.ok) throw errorOf(response, error);
    return data as Data;
}
