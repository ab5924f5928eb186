import { Navigate, Outlet, useLocation } from 'react-router-dom';
import { useSession } from '@/shared/session/session';

// Pages below need a login; the login page leads back here.
export function RequireLogin() {
    const person = useSession();
    const { pathname, search } = useLocation();
    if (person) return <Outlet />;
    return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
}
