// The pages under /console, once. All of it is loaded when it is first looked at: buyers never load
// any of it.
import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router-dom';
import { DidNotWork, NotFound } from './error-pages';

type Page = () => Promise<{ default: ComponentType }>;

function page(path: string, load: Page): RouteObject {
    const lazy = async () => ({ Component: (await load()).default });
    return path === '' ? { index: true, lazy } : { path, lazy };
}

export const consoleRoutes: RouteObject = {
    path: '/console',
    lazy: async () => ({ Component: (await import('./console-frame')).ConsoleFrame }),
    errorElement: <DidNotWork />,
    children: [
        page('login', () => import('@/features/console-access/login')),
        page('password', () => import('@/features/console-access/password')),
        {
            lazy: async () => ({ Component: (await import('./console-layout')).ConsoleLayout }),
            children: [
                page('', () => import('@/features/console-overview/overview')),
                page('organisers', () => import('@/features/console-catalogue/organisers')),
                page('organisers/new', () => import('@/features/console-catalogue/organiser')),
                page(
                    'organisers/:organiser',
                    () => import('@/features/console-catalogue/organiser'),
                ),
                page('shows', () => import('@/features/console-catalogue/shows')),
                page('shows/new', () => import('@/features/console-catalogue/show')),
                page('shows/:show', () => import('@/features/console-catalogue/show')),
                page('banners', () => import('@/features/console-catalogue/banners')),
                page('sessions', () => import('@/features/console-sessions/list')),
                page('sessions/new', () => import('@/features/console-sessions/new')),
                page('sessions/:session', () => import('./console-session-page')),
                page('sessions/:session/orders', () => import('@/features/console-sale/orders')),
                page(
                    'sessions/:session/statistics',
                    () => import('@/features/console-statistics/session'),
                ),
                page('campaigns/:campaign', () => import('@/features/console-sale/sale')),
                page('explain', () => import('@/features/console-explain/explain')),
                page('imports', () => import('@/features/console-imports/list')),
                page('imports/:import', () => import('@/features/console-imports/detail')),
                page('statistics', () => import('@/features/console-statistics/statistics')),
                page('webhooks', () => import('@/features/console-webhooks/list')),
                page('webhooks/:webhook', () => import('@/features/console-webhooks/detail')),
                page('banks', () => import('@/features/console-banks/banks')),
                page('payments', () => import('@/features/console-payments/list')),
                page('refunds', () => import('@/features/console-refunds/list')),
                page('ledger', () => import('@/features/console-ledger/balances')),
                page('ledger/entries', () => import('@/features/console-ledger/entries')),
                page('ledger/payables', () => import('@/features/console-ledger/payables')),
                page(
                    'ledger/reconciliations',
                    () => import('@/features/console-ledger/reconciliations'),
                ),
                page(
                    'ledger/reconciliations/:reconciliation',
                    () => import('@/features/console-ledger/reconciliation'),
                ),
                page('people', () => import('@/features/console-people/list')),
                page('people/new', () => import('@/features/console-people/new')),
                page('people/:person', () => import('@/features/console-people/detail')),
                page('operations', () => import('@/features/console-people/operations')),
                page('audit', () => import('@/features/console-audit/audit')),
                { path: '*', element: <NotFound /> },
            ],
        },
    ],
};
