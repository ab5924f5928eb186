import { Navigate, Outlet, useLocation } from 'react-router-dom';
import { useLogin, type Who } from '~/shared/session';

const kLogins = { customer: '/login', teller: '/teller/login' } as const;

// Pages below need a login; the login page leads back here.
export function RequireLogin({ who }: { who: Who }) {
    const login = useLogin(who);
    const { pathname, search } = useLocation();
    if (login) return <Outlet />;
    return (
        <Navigate to={`${kLogins[who]}?next=${encodeURIComponent(pathname + search)}`} replace />
    );
}
