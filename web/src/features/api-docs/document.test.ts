import { describe, expect, it } from 'vitest';
import { curlOf, groupsOf, matching, type ApiDocument } from './document';

const document: ApiDocument = {
    info: { title: 'Onsale', version: '1' },
    paths: {
        '/api/v1/orders/{order}': {
            get: {
                operationId: 'getOrder',
                tags: ['orders'],
                summary: "One of one's own orders",
                parameters: [
                    { name: 'order', in: 'path', required: true, schema: { type: 'integer' } },
                ],
                responses: {
                    200: {
                        content: {
                            'application/json': {
                                schema: {
                                    allOf: [
                                        { $ref: '#/components/schemas/Order' },
                                        {
                                            properties: {
                                                next: { type: ['integer', 'null'] },
                                            },
                                        },
                                    ],
                                },
                            },
                        },
                    },
                    default: { 'x-error-codes': ['order_unknown'] },
                },
                security: [{ person: [] }],
            },
        },
        '/api/v1/banners': {
            put: {
                operationId: 'putBanners',
                tags: ['banners'],
                summary: 'All banners at once',
                requestBody: {
                    content: {
                        'application/json': {
                            schema: {
                                type: 'object',
                                required: ['title'],
                                properties: {
                                    title: { type: 'string' },
                                    show: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
                                },
                            },
                        },
                    },
                },
                responses: { 204: {} },
                security: [{ operator: [] }],
            },
        },
    },
    components: {
        schemas: {
            Order: {
                type: 'object',
                required: ['lines'],
                properties: {
                    lines: {
                        type: 'array',
                        items: { type: 'object', properties: { tier: { type: 'integer' } } },
                    },
                },
            },
        },
    },
};
const groups = groupsOf(document);

describe('API document', () => {
    it('routes stand in groups, with who may ask and what can go wrong', () => {
        expect(groups.map((group) => group.name)).toEqual(['orders', 'banners']);
        expect(groups[0]?.routes[0]).toMatchObject({
            method: 'GET',
            access: 'person',
            codes: ['order_unknown'],
        });
    });

    it('fields are found through references, lists, joined objects and "or nothing"', () => {
        const answer = groups[0]?.routes[0]?.answers[0]?.body;
        expect(answer?.fields).toMatchObject([
            {
                name: 'lines',
                kind: 'object',
                list: true,
                required: true,
                fields: [{ name: 'tier' }],
            },
            { name: 'next', kind: 'integer', nullable: true, required: false },
        ]);
        expect(groups[1]?.routes[0]?.body?.fields[1]).toMatchObject({
            name: 'show',
            kind: 'integer',
            nullable: true,
        });
    });

    it('the search looks for every word, also among codes', () => {
        const found = (wish: string) =>
            matching(groups, wish).flatMap((group) => group.routes.map((route) => route.id));
        expect(found('')).toEqual(['getOrder', 'putBanners']);
        expect(found('ORDER_unknown get')).toEqual(['getOrder']);
        expect(found('put orders')).toEqual([]);
    });

    it('the call for a shell has what the route cannot do without', () => {
        const [orders, banners] = groups.map((group) => group.routes[0]);
        expect(orders && curlOf(orders, 'https://a')).toBe(
            "curl \\\n  -H 'Authorization: Bearer TOKEN' \\\n  'https://a/api/v1/orders/{order}'",
        );
        expect(banners && curlOf(banners, 'https://a')).toContain(`-d '{"title":"…"}'`);
    });
});
