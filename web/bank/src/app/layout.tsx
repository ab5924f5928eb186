// What surrounds the pages: the bank's head with its name, the pages of whoever is logged in, the way
// out, the language. Bills and grants stand in the same head without pages beside them, so that
// nothing leads away from them.
import { useEffect, useRef, type ReactNode } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router-dom';
import { useServerAway } from '@/shared/api/connection';
import { chooseLanguage, useLanguage } from '@/shared/i18n/language';
import { Notices } from '@/shared/ui/notices';
import { useBank, useBankName } from '~/shared/bank';
import { endLogin, useLogin, type Who } from '~/shared/session';
import { useAppTexts } from './texts';

const kPages = {
    customer: [
        ['account', '/account'],
        ['authorisations', '/authorisations'],
        ['consents', '/consents'],
    ],
    teller: [
        ['customers', '/teller/customers'],
        ['transactions', '/teller/transactions'],
        ['statistics', '/teller/statistics'],
        ['merchants', '/teller/merchants'],
        ['operations', '/teller/operations'],
        ['faults', '/teller/faults'],
    ],
} as const;

export function CustomerLayout() {
    return <Layout who="customer" pages />;
}

export function TellerLayout() {
    return <Layout who="teller" pages />;
}

// For one matter only: a bill, a grant, a login.
export function MatterLayout() {
    return <Layout who="customer" />;
}

export function TellerMatterLayout() {
    return <Layout who="teller" />;
}

function Layout({ who, pages }: { who: Who; pages?: boolean }) {
    const t = useAppTexts();
    return (
        <div className={`frame ${who}`}>
            <a className="skip" href="#main">
                {t('skip')}
            </a>
            <Head who={who} />
            {pages && <Pages who={who} />}
            <AwayBanner />
            <Main narrow={!pages}>
                <Outlet />
            </Main>
            <Foot who={who} />
            <Notices />
            <ScrollRestoration />
        </div>
    );
}

// After going to another page the focus is at the start of its content, so that a screen reader
// begins there; not at the first page, whose start is the top.
function Main({ narrow, children }: { narrow: boolean; children: ReactNode }) {
    const main = useRef<HTMLElement>(null);
    const { pathname } = useLocation();
    const before = useRef(pathname);
    useEffect(() => {
        if (before.current !== pathname) main.current?.focus({ preventScroll: true });
        before.current = pathname;
    }, [pathname]);
    return (
        <main id="main" ref={main} tabIndex={-1} className={narrow ? 'main matter' : 'main'}>
            {children}
        </main>
    );
}

function Head({ who }: { who: Who }) {
    const t = useAppTexts();
    const name = useBankName();
    const login = useLogin(who);
    const language = useLanguage();
    const other = language === 'zh' ? 'en' : 'zh';
    return (
        <header className="bank-head">
            <div className="bank-head-in">
                <Link to={who === 'teller' ? '/teller' : '/'} className="bank-brand">
                    <Emblem />
                    <span>
                        {name}
                        {who === 'teller' && <small>{t('teller_desk')}</small>}
                    </span>
                </Link>
                <div className="bank-head-end">
                    {login && <span className="bank-who">{login.name}</span>}
                    <button
                        type="button"
                        lang={other === 'zh' ? 'zh-CN' : 'en'}
                        title={t('language_label')}
                        onClick={() => chooseLanguage(other)}
                    >
                        {t('language')}
                    </button>
                    {login && (
                        <button type="button" onClick={() => endLogin(who)}>
                            {t('log_out')}
                        </button>
                    )}
                </div>
            </div>
        </header>
    );
}

function Emblem() {
    return (
        <svg width="30" height="30" viewBox="0 0 64 64" aria-hidden="true" fill="currentColor">
            <path d="M32 8 56 22v6H8v-6zM12 48h40v8H12zM16 31h7v14h-7zM28.5 31h7v14h-7zM41 31h7v14h-7z" />
        </svg>
    );
}

function Pages({ who }: { who: Who }) {
    const t = useAppTexts();
    return (
        <nav className="bank-nav" aria-label={t('navigation')}>
            <ul>
                {kPages[who].map(([name, path]) => (
                    <li key={name}>
                        <NavLink to={path}>{t(name)}</NavLink>
                    </li>
                ))}
            </ul>
        </nav>
    );
}

function AwayBanner() {
    const t = useAppTexts();
    const away = useServerAway();
    const bank = useBank();
    return (
        <div role="status">
            {away && (
                <div className="away">
                    <span>{t('away')}</span>
                    <button type="button" onClick={() => void bank.refetch()}>
                        {t('retry_now')}
                    </button>
                </div>
            )}
        </div>
    );
}

function Foot({ who }: { who: Who }) {
    const t = useAppTexts();
    const name = useBankName();
    return (
        <footer className="bank-foot small muted">
            <span>{t('own_company', { name })}</span>
            {who === 'customer' ? (
                <Link to="/teller">{t('to_tellers')}</Link>
            ) : (
                <Link to="/">{t('to_customers')}</Link>
            )}
        </footer>
    );
}
