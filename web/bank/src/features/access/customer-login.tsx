import { Navigate, useSearchParams } from 'react-router-dom';
import { ownPath } from '~/shared/address';
import { LoginForm } from '~/shared/login-form';
import { PageHead } from '~/shared/page';
import { useBankName } from '~/shared/bank';
import { useLogin } from '~/shared/session';
import { useAccessTexts } from './texts';

export default function CustomerLogin() {
    const t = useAccessTexts();
    const name = useBankName();
    const next = ownPath(useSearchParams()[0].get('next'), '/account');
    if (useLogin('customer')) return <Navigate to={next} replace />;
    return (
        <div className="card">
            <PageHead title={t('customer_title', { name })} />
            <LoginForm who="customer" />
        </div>
    );
}
