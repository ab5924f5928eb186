// Every page of the site, once. Pages are loaded when they are first looked at.
import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router-dom';
import { consoleRoutes } from './console-routes';
import { DidNotWork, NotFound } from './error-pages';
import { Layout } from './layout';
import { RequireLogin } from './require-login';

type Page = () => Promise<{ default: ComponentType }>;

function page(path: string, load: Page): RouteObject {
    return { path, lazy: async () => ({ Component: (await load()).default }) };
}

export const routes: RouteObject[] = [
    consoleRoutes,
    {
        element: <Layout />,
        errorElement: <DidNotWork />,
        children: [
            page('/', () => import('@/features/campaigns/home')),
            page('/search', () => import('@/features/shows/search')),
            page('/shows/:show', () => import('@/features/shows/show')),
            page('/campaigns/:campaign', () => import('@/features/campaigns/campaign')),
            page('/check', () => import('@/features/check-ticket/check')),
            page('/docs', () => import('@/features/api-docs/docs')),
            page('/login', () => import('@/features/accounts/login')),
            page('/register', () => import('@/features/accounts/register')),
            page('/forgot', () => import('@/features/accounts/forgot')),
            {
                element: <RequireLogin />,
                children: [
                    page(
                        '/campaigns/:campaign/confirm',
                        () => import('@/features/campaigns/confirm'),
                    ),
                    page('/orders', () => import('@/features/orders/list')),
                    page('/orders/:order', () => import('./order-page')),
                    page('/orders/:order/pay', () => import('@/features/payments/pay')),
                    page('/orders/:order/paid', () => import('@/features/payments/pay')),
                    page('/orders/:order/refund', () => import('@/features/refunds/request')),
                    page('/refunds', () => import('@/features/refunds/list')),
                    page('/why', () => import('@/features/orders/why')),
                    page('/tickets', () => import('@/features/tickets/list')),
                    page('/tickets/:ticket', () => import('@/features/tickets/detail')),
                    page('/me', () => import('@/features/accounts/me')),
                    page('/me/messages', () => import('@/features/messages/list')),
                    page('/me/bank-bills', () => import('@/features/payments/bills')),
                    page('/me/security', () => import('@/features/accounts/security')),
                    page('/me/statistics', () => import('@/features/accounts/statistics')),
                    page('/me/privacy', () => import('@/features/accounts/privacy')),
                ],
            },
            { path: '*', element: <NotFound /> },
        ],
    },
];
