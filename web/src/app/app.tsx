import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, createBrowserRouter } from 'react-router-dom';
import { queryClient } from '@/shared/api/query';
import { useSiteClock } from '@/shared/api/site';
import { keepGrant } from '@/shared/money/grant';
import { useLiveOrders } from './live-orders';
import { routes } from './routes';

keepGrant();
const router = createBrowserRouter(routes);

export function App() {
    return (
        <QueryClientProvider client={queryClient}>
            <Background />
            <RouterProvider router={router} future={{ v7_startTransition: false }} />
        </QueryClientProvider>
    );
}

// What goes on whatever the page shows.
function Background() {
    useSiteClock();
    useLiveOrders();
    return null;
}
