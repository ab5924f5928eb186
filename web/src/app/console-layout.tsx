// The console behind its login: navigation at the side, or in a drawer on a phone, and the page.
// Pages that only an administrator may use are neither listed nor opened for others.
import { useEffect, useRef } from 'react';
import { Link, Navigate, NavLink, Outlet, useLocation } from 'react-router-dom';
import type { StaffMe } from '@/api/console-types';
import { isRefusal } from '@/shared/api/errors';
import { staffApi } from '@/shared/console/client';
import { StaffContext, useStaffMeQuery } from '@/shared/console/me';
import { endStaff, useStaffPerson } from '@/shared/console/session';
import { chooseLanguage, useLanguage } from '@/shared/i18n/language';
import { Loaded } from '@/shared/ui/page';
import { useConsoleLayoutTexts } from './console-texts';
import { NotFound } from './error-pages';
import { useAppTexts } from './texts';

const kSections = [
    { title: 'sell', pages: ['overview', 'sessions', 'new_session', 'imports', 'explain'] },
    { title: 'money', pages: ['payments', 'refunds', 'payables', 'ledger', 'reconciliations'] },
    { title: 'catalogue', pages: ['shows', 'organisers', 'banners'] },
    { title: 'analysis', pages: ['statistics', 'webhooks'] },
    { title: 'system', pages: ['banks', 'people', 'operations', 'audit'] },
] as const;
type PageName = (typeof kSections)[number]['pages'][number];
const kAdminPages: readonly PageName[] = [
    'banners',
    'ledger',
    'reconciliations',
    'banks',
    'people',
    'operations',
    'audit',
];
// Among the books, which are for administrators, what operators see their own part of.
const kPayables = '/console/ledger/payables';

function addressOf(name: PageName): string {
    if (name === 'overview') return '/console';
    if (name === 'payables') return kPayables;
    if (name === 'reconciliations') return '/console/ledger/reconciliations';
    return name === 'new_session' ? '/console/sessions/new' : `/console/${name}`;
}

export function ConsoleLayout() {
    const t = useConsoleLayoutTexts();
    const person = useStaffPerson();
    const { pathname, search } = useLocation();
    const me = useStaffMeQuery(person !== null);
    // Disabled, or no staff any more: seen at the next question, whatever the page has in memory.
    const out = isRefusal(me.error, 'account_disabled', 'staff_only');
    useEffect(() => {
        if (out) endStaff();
    }, [out]);
    const next = `next=${encodeURIComponent(pathname + search)}`;
    if (person === null) return <Navigate to={`/console/login?${next}`} replace />;
    return (
        <div className="console">
            {!me.data && (
                <main className="console-main">
                    <h1 className="visually-hidden">{t('console')}</h1>
                    <Loaded query={me} height={200}>
                        {() => null}
                    </Loaded>
                </main>
            )}
            {me.data && <Allowed staff={me.data} next={next} />}
        </div>
    );
}

// Nothing else is open to those who have to choose a password first.
function Allowed({ staff, next }: { staff: StaffMe; next: string }) {
    if (staff.must_change_password) return <Navigate to={`/console/password?${next}`} replace />;
    return (
        <StaffContext.Provider value={staff}>
            <Inside staff={staff} />
        </StaffContext.Provider>
    );
}

function Inside({ staff }: { staff: StaffMe }) {
    const t = useAppTexts();
    const main = useRef<HTMLElement>(null);
    const { pathname } = useLocation();
    const before = useRef(pathname);
    useEffect(() => {
        if (before.current !== pathname) main.current?.focus({ preventScroll: true });
        before.current = pathname;
    }, [pathname]);
    const admin = staff.roles.includes('admin');
    const allowed =
        admin ||
        pathname === kPayables ||
        !kAdminPages.some((name) => pathname.startsWith(addressOf(name)));
    return (
        <>
            <a className="skip" href="#main">
                {t('skip')}
            </a>
            <Head staff={staff} admin={admin} />
            <div className="console-body">
                <aside className="console-side">
                    <Navigation admin={admin} />
                </aside>
                <main id="main" ref={main} tabIndex={-1} className="console-main">
                    {allowed ? <Outlet /> : <NotFound />}
                </main>
            </div>
        </>
    );
}

// Who works here, the language, and the way out: in the head, or in the drawer of a phone.
function Account({ staff, admin }: { staff: StaffMe; admin: boolean }) {
    const t = useConsoleLayoutTexts();
    const language = useLanguage();
    const app = useAppTexts();
    const other = language === 'zh' ? 'en' : 'zh';
    const logOut = async () => {
        // The page forgets in any case; without an answer the login ends by itself.
        await staffApi.DELETE('/api/v1/staff/logins/current').catch(() => undefined);
        endStaff();
    };
    return (
        <>
            <span className="console-who">
                <b>{staff.nickname || staff.username}</b>
                <span className="tag">{admin ? t('role_admin') : t('role_operator')}</span>
            </span>
            <button
                type="button"
                className="language"
                lang={other === 'zh' ? 'zh-CN' : 'en'}
                title={app('language_label')}
                onClick={() => chooseLanguage(other)}
            >
                {app('language')}
            </button>
            <button type="button" className="language" onClick={() => void logOut()}>
                {t('log_out')}
            </button>
        </>
    );
}

function Head({ staff, admin }: { staff: StaffMe; admin: boolean }) {
    const t = useConsoleLayoutTexts();
    return (
        <header className="console-head">
            <Drawer staff={staff} admin={admin} />
            <Link to="/console" className="brand">
                <img src="/icons/icon.svg" alt="" width="28" height="28" />
                <span>Onsale {t('console')}</span>
            </Link>
            <div className="header-end">
                <Account staff={staff} admin={admin} />
            </div>
        </header>
    );
}

function Navigation({ admin, onGo }: { admin: boolean; onGo?: () => void }) {
    const t = useConsoleLayoutTexts();
    return (
        <nav className="console-nav" aria-label={t('navigation')}>
            {kSections.map(({ title, pages }) => {
                const shown = pages.filter((name) => admin || !kAdminPages.includes(name));
                if (shown.length === 0) return null;
                return (
                    <div key={title}>
                        <p className="console-nav-title">{t(title)}</p>
                        <ul>
                            {shown.map((name) => (
                                <li key={name}>
                                    <NavLink
                                        to={addressOf(name)}
                                        end={name !== 'shows' && name !== 'organisers'}
                                        onClick={onGo}
                                    >
                                        {t(name)}
                                    </NavLink>
                                </li>
                            ))}
                        </ul>
                    </div>
                );
            })}
            <ul className="console-nav-more">
                <li>
                    <Link to="/docs">{t('api')}</Link>
                </li>
                <li>
                    <Link to="/console/password">{t('change_password')}</Link>
                </li>
                <li>
                    <Link to="/">{t('view_site')}</Link>
                </li>
            </ul>
        </nav>
    );
}

// The browser's own dialog keeps the focus inside and closes on Escape.
function Drawer({ staff, admin }: { staff: StaffMe; admin: boolean }) {
    const t = useConsoleLayoutTexts();
    const dialog = useRef<HTMLDialogElement>(null);
    const close = () => dialog.current?.close();
    return (
        <div className="console-menu">
            <button
                type="button"
                className="menu-button"
                aria-haspopup="dialog"
                aria-label={t('open_menu')}
                onClick={() => dialog.current?.showModal()}
            >
                <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
                    <path d="M3 6h16M3 11h16M3 16h16" stroke="currentColor" strokeWidth="2" />
                </svg>
            </button>
            <dialog ref={dialog} className="console-drawer" aria-label={t('navigation')}>
                <button
                    type="button"
                    className="menu-button"
                    aria-label={t('close_menu')}
                    onClick={close}
                >
                    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
                        <path d="M5 5l12 12M17 5L5 17" stroke="currentColor" strokeWidth="2" />
                    </svg>
                </button>
                <Navigation admin={admin} onGo={close} />
                <div className="console-account">
                    <Account staff={staff} admin={admin} />
                </div>
            </dialog>
        </div>
    );
}
