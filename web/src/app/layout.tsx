import { useEffect, useRef, type ReactNode } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router-dom';
import { probeNow, useServerAway } from '@/shared/api/connection';
import { useSite } from '@/shared/api/site';
import { chooseLanguage, useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { useSession } from '@/shared/session/session';
import { Notices } from '@/shared/ui/notices';
import { Icon, type IconName } from './icon';
import { useAppTexts } from './texts';
import './layout.css';

export function Layout() {
    const t = useAppTexts();
    return (
        <>
            <a className="skip" href="#main">
                {t('skip')}
            </a>
            <Header />
            <AwayBanner />
            <Main>
                <Outlet />
            </Main>
            <Footer />
            <BottomBar />
            <Notices />
            <ScrollRestoration />
        </>
    );
}

// After going to another page the focus is at the start of its content, so that a screen reader
// begins there; not at the first page, whose start is the top.
function Main({ children }: { children: ReactNode }) {
    const main = useRef<HTMLElement>(null);
    const { pathname } = useLocation();
    const before = useRef(pathname);
    useEffect(() => {
        if (before.current !== pathname) main.current?.focus({ preventScroll: true });
        before.current = pathname;
    }, [pathname]);
    return (
        <main id="main" ref={main} tabIndex={-1} className="main">
            {children}
        </main>
    );
}

function Header() {
    const t = useAppTexts();
    const name = useSiteName();
    const person = useSession();
    return (
        <header className="header">
            <div className="header-in">
                <Link to="/" className="brand">
                    <img src="/icons/icon.svg" alt="" width="32" height="32" />
                    <span>{name}</span>
                </Link>
                <nav className="top-nav" aria-label={t('main_navigation')}>
                    <NavLink to="/" end>
                        {t('home')}
                    </NavLink>
                    <NavLink to="/search">{t('search')}</NavLink>
                    {person && <NavLink to="/tickets">{t('tickets')}</NavLink>}
                    {person && <NavLink to="/orders">{t('orders')}</NavLink>}
                </nav>
                <div className="header-end">
                    <LanguageSwitch />
                    {person ? (
                        <NavLink to="/me" className="round">
                            <Icon name="me" />
                            <span className="visually-hidden">{t('me')}</span>
                        </NavLink>
                    ) : (
                        <Link to="/login" className="button">
                            {t('log_in')}
                        </Link>
                    )}
                </div>
            </div>
        </header>
    );
}

// As the site calls itself; until it has said so, as the program is called.
function useSiteName(): string {
    const text = useServerText();
    return text(useSite().data?.name) || 'Onsale';
}

function LanguageSwitch() {
    const t = useAppTexts();
    const language = useLanguage();
    const other = language === 'zh' ? 'en' : 'zh';
    return (
        <button
            type="button"
            className="language"
            lang={other === 'zh' ? 'zh-CN' : 'en'}
            title={t('language_label')}
            onClick={() => chooseLanguage(other)}
        >
            {t('language')}
        </button>
    );
}

function AwayBanner() {
    const t = useAppTexts();
    const away = useServerAway();
    return (
        <div role="status">
            {away && (
                <div className="away">
                    <span>{t('away')}</span>
                    <button type="button" onClick={() => void probeNow()}>
                        {t('retry_now')}
                    </button>
                </div>
            )}
        </div>
    );
}

const kBar: { to: string; icon: IconName }[] = [
    { to: '/', icon: 'home' },
    { to: '/search', icon: 'search' },
    { to: '/tickets', icon: 'tickets' },
    { to: '/orders', icon: 'orders' },
    { to: '/me', icon: 'me' },
];

function BottomBar() {
    const t = useAppTexts();
    return (
        <nav className="bottom-bar" aria-label={t('main_navigation')}>
            {kBar.map(({ to, icon }) => (
                <NavLink key={to} to={to} end={to === '/'}>
                    <Icon name={icon} />
                    <span>{t(icon)}</span>
                </NavLink>
            ))}
        </nav>
    );
}

function Footer() {
    const t = useAppTexts();
    return (
        <footer className="footer muted small">
            <span>{t('motto')}</span>
            <span className="row">
                <Link to="/check">{t('check_ticket')}</Link>
                <Link to="/console">{t('for_staff')}</Link>
                <Link to="/docs">{t('api')}</Link>
            </span>
        </footer>
    );
}
