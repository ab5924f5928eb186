// The ways between the pages of the books.
import { NavLink } from 'react-router-dom';
import { useIsAdmin } from '@/shared/console/me';
import { useLedgerTexts } from './texts';
import './ledger.css';

export function Sections() {
    const t = useLedgerTexts();
    const admin = useIsAdmin();
    return (
        <nav className="row sections" aria-label={t('ledger')}>
            {admin && (
                <>
                    <NavLink to="/console/ledger" end>
                        {t('balances')}
                    </NavLink>
                    <NavLink to="/console/ledger/entries">{t('entries')}</NavLink>
                </>
            )}
            <NavLink to="/console/ledger/payables">{t('payables')}</NavLink>
            {admin && (
                <NavLink to="/console/ledger/reconciliations">{t('reconciliations')}</NavLink>
            )}
        </nav>
    );
}
