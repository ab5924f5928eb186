// The addresses of every page, by name; the campaigns, sessions and people that they are about are
// made before.

// `open`: a campaign on sale; `upcoming`: one that opens later.
export function visitorPages(open: number, upcoming: number): Record<string, string> {
    return {
        home: '/',
        search: '/search',
        show: `/shows/${open / 100}`,
        campaign: `/campaigns/${open}`,
        'campaign-upcoming': `/campaigns/${upcoming}`,
        login: '/login',
        register: '/register',
        forgot: '/forgot',
        docs: '/docs',
        'check-ticket': '/check',
        'not-found': '/no/such/page',
    };
}

// `priced`: a campaign whose tickets cost something.
export function personPages(priced: number): Record<string, string> {
    return {
        confirm: `/campaigns/${priced}/confirm`,
        orders: '/orders',
        tickets: '/tickets',
        me: '/me',
        security: '/me/security',
        refunds: '/refunds',
        messages: '/me/messages',
        'bank-bills': '/me/bank-bills',
        statistics: '/me/statistics',
        privacy: '/me/privacy',
    };
}

export function consolePages(campaign: number): Record<string, string> {
    const session = campaign / 1000;
    const pages = {
        overview: '',
        organisers: '/organisers',
        organiser: '/organisers/1',
        'organiser-new': '/organisers/new',
        shows: '/shows',
        show: `/shows/${session * 10}`,
        'show-new': '/shows/new',
        banners: '/banners',
        sessions: '/sessions',
        'sessions-none': '/sessions?query=no-such-session',
        'session-new': '/sessions/new',
        session: `/sessions/${session}`,
        orders: `/sessions/${session}/orders`,
        'session-statistics': `/sessions/${session}/statistics`,
        sale: `/campaigns/${campaign}`,
        explain: '/explain',
        imports: '/imports',
        statistics: '/statistics',
        webhooks: '/webhooks',
        banks: '/banks',
        payments: '/payments',
        refunds: '/refunds',
        payables: '/ledger/payables',
        ledger: '/ledger',
        entries: '/ledger/entries',
        reconciliations: '/ledger/reconciliations',
        people: '/people',
        'person-new': '/people/new',
        person: '/people/1',
        operations: '/operations',
        audit: '/audit',
    };
    return Object.fromEntries(
        Object.entries(pages).map(([name, path]) => [name, `/console${path}`]),
    );
}
