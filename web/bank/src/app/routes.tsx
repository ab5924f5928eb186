// Every page of the bank, once. Pages are loaded when they are first looked at; Ant Design and the
// plots come with the tellers' pages only.
import type { ComponentType } from 'react';
import { Navigate, type RouteObject } from 'react-router-dom';
import { DidNotWork, NotFound } from './error-pages';
import { CustomerLayout, MatterLayout, TellerLayout, TellerMatterLayout } from './layout';
import { RequireLogin } from './require-login';

type Page = () => Promise<{ default: ComponentType }>;

function page(path: string, load: Page): RouteObject {
    return { path, lazy: async () => ({ Component: (await load()).default }) };
}

const customerPages: RouteObject = {
    element: <RequireLogin who="customer" />,
    children: [
        {
            element: <CustomerLayout />,
            children: [
                page('/account', () => import('~/features/account/account')),
                page('/authorisations', () => import('~/features/authorisations/list')),
                page('/consents', () => import('~/features/consents/list')),
            ],
        },
    ],
};

const tellerPages: RouteObject = {
    element: <RequireLogin who="teller" />,
    children: [
        {
            element: <TellerLayout />,
            children: [
                {
                    lazy: async () => ({
                        Component: (await import('./teller-frame')).TellerFrame,
                    }),
                    children: [
                        page('/teller/customers', () => import('~/features/customers/list')),
                        page(
                            '/teller/customers/:customer',
                            () => import('~/features/customers/detail'),
                        ),
                        page('/teller/transactions', () => import('~/features/transactions/list')),
                        page('/teller/statistics', () => import('~/features/statistics/page')),
                        page('/teller/merchants', () => import('~/features/merchants/page')),
                        page('/teller/operations', () => import('~/features/operations/list')),
                        page('/teller/faults', () => import('~/features/faults/page')),
                    ],
                },
            ],
        },
    ],
};

export const routes: RouteObject[] = [
    {
        errorElement: <DidNotWork />,
        children: [
            { path: '/', element: <Navigate to="/account" replace /> },
            { path: '/teller', element: <Navigate to="/teller/customers" replace /> },
            customerPages,
            tellerPages,
            {
                element: <MatterLayout />,
                children: [
                    page('/login', () => import('~/features/access/customer-login')),
                    page('/authorise', () => import('~/features/authorise/page')),
                    page('/cashier', () => import('~/features/cashier/page')),
                    { path: '*', element: <NotFound /> },
                ],
            },
            {
                element: <TellerMatterLayout />,
                children: [page('/teller/login', () => import('~/features/access/teller-login'))],
            },
        ],
    },
];
