import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, createBrowserRouter } from 'react-router-dom';
import { useBrand } from '~/shared/bank';
import { queryClient } from '~/shared/query';
import { routes } from './routes';

const router = createBrowserRouter(routes);

export function App() {
    return (
        <QueryClientProvider client={queryClient}>
            <Brand />
            <RouterProvider router={router} future={{ v7_startTransition: false }} />
        </QueryClientProvider>
    );
}

function Brand() {
    useBrand();
    return null;
}
