// Generated from the server's API document by `npm run client`; not edited by hand.
// tidy: allow file-length: generated
export interface paths {
    '/act/list': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Activities that are open now, 20 a page */
        get: operations['actList'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/act/detail': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An activity; with a login also whether one has joined */
        get: operations['actDetail'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/ticket/get': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a ticket; again: the same ticket */
        post: operations['ticketGet'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/ticket/list': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own tickets */
        get: operations['ticketList'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/ticket/detail': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of one's own tickets */
        get: operations['ticketDetail'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/campaigns': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Campaigns that are open now, or that open next */
        get: operations['listCampaigns'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/campaigns/{campaign}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A campaign; with a login also whether one has joined, and the order */
        get: operations['getCampaign'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a campaign's texts, window, limits or tiers */
        patch: operations['editCampaign'];
        trace?: never;
    };
    '/api/v1/events': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live updates
         * @description Events: `time` {now} first; `stock` {campaign, tiers:[{tier, free}]} of the named campaigns, at once and
         *     whenever it changes; `order` (an order) of the person who is logged in, whenever one changes. It ends with the
         *     token it was opened with.
         */
        get: operations['openEvents'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/explanations': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Why one was refused (by its receipt), or what became of one's order
         * @description Replays the journal to the place that the receipt names. 503 when too many ask, and for persons also while
         *     their last question is not answered or buyers are waiting.
         */
        post: operations['explain'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/explanations': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same for staff of the organiser; with a person, their orders are counted
         * @description Replays the journal to the place that the receipt names. 503 when too many ask, and for persons also while
         *     their last question is not answered or buyers are waiting.
         */
        post: operations['explainForStaff'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/home': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The first page: banners, what is on, and what opens next, 20 of each */
        get: operations['getHome'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/orders': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own orders, newest first */
        get: operations['listOrders'];
        put?: never;
        /**
         * Ask for tickets
         * @description Without lines: one ticket of the campaign's first tier that has one. 201 for a new order; 200 when the
         *     same key was accepted before (outcome repeated) or the person has joined already (already_joined).
         */
        post: operations['createOrder'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/orders/{order}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of one's own orders */
        get: operations['getOrder'];
        put?: never;
        post?: never;
        /** Take a final order out of one's list */
        delete: operations['hideOrder'];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/orders/{order}/cancel': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a reserved order; its stock is free again */
        post: operations['cancelOrder'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/organisers/{organiser}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An organiser with its first shows */
        get: operations['getOrganiser'];
        /** Change an organiser's texts; an administrator makes new ones */
        put: operations['putOrganiser'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/pictures/{picture}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture */
        get: operations['getPicture'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/pictures': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a picture; the same bytes again give the same name
         * @description The body is the picture itself: PNG, JPEG or WebP, at most 2 MiB and 10,000 pixels a side. What it is
         *     follows from its bytes.
         */
        post: operations['putPicture'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/shows': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows, by their number */
        get: operations['listShows'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/shows/{show}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A show with its sessions, tiers and campaigns */
        get: operations['getShow'];
        /** Make a show, or change its texts */
        put: operations['putShow'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/tickets/keys': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public keys of signed tickets, old ones included
         * @description Fetch them before the doors open: with them a signed code is checked without a network.
         */
        get: operations['getTicketKeys'];
        put?: never;
        /**
         * A new key for tickets, published at once
         * @description It signs the tickets of orders placed from `starts_in_seconds` (60 when absent) from now on; older tickets
         *     stay as they are.
         */
        post: operations['rotateTicketKeys'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/tickets/check': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a signed code is worth
         * @description Looks at the signature and at what became of the order. Nobody is named, and nothing is marked as used.
         */
        post: operations['checkTicket'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/tickets/{ticket}/ticket.pdf': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of one's own tickets on a page of A4, to be printed */
        get: operations['getTicketPdf'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/tickets/{ticket}/ticket.ics': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The session of one's own ticket for a calendar */
        get: operations['getTicketCalendar'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/tickets': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own tickets, newest first; all tickets of an order stand together */
        get: operations['listTickets'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/tickets/{ticket}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of one's own tickets, with its signed code while it is valid */
        get: operations['getTicket'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/people': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People, the newest first */
        get: operations['listPeople'];
        put?: never;
        /**
         * Register and log in
         * @description A mobile number or an e-mail address only with its code.
         */
        post: operations['registerPerson'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/people/{person}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person */
        get: operations['getPerson'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/people/{person}/roles': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** What a person may do, and for which organisers */
        put: operations['setRoles'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/people/{person}/disabled': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Shut a person out, or let them in again; effective at once */
        put: operations['setDisabled'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/me/export': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that the site knows of oneself, to keep */
        get: operations['exportMe'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/logins': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own logins, the one used last first */
        get: operations['listLogins'];
        put?: never;
        /**
         * Log in
         * @description username: a username, mobile number or e-mail address. With cookies: true the tokens travel in cookies
         *     only; pages of this site may ask for that.
         */
        post: operations['login'];
        /** End all one's logins but this one */
        delete: operations['endOtherLogins'];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/logins/refresh': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The next token of a login
         * @description Each refresh token is good once; one that comes again ends the login. Without a body the cookie is taken.
         */
        post: operations['refreshLogin'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/logins/current': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Log out; the tokens are refused from now on */
        delete: operations['logOut'];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/logins/{login}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of one's logins */
        delete: operations['endLogin'];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/me': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own profile */
        get: operations['getMe'];
        put?: never;
        post?: never;
        /** Erase one's account for good: the key of all personal data goes */
        delete: operations['eraseMe'];
        options?: never;
        head?: never;
        /** Change one's nickname, gender, avatar or language of mails */
        patch: operations['changeMe'];
        trace?: never;
    };
    '/api/v1/me/mobile': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Another mobile number, by the code sent to it and the password */
        put: operations['setMobile'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/me/email': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Another e-mail address, by the code sent to it and the password */
        put: operations['setEmail'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/me/password': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change one's password; all other logins end */
        put: operations['changePassword'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/operations': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed what, and how it ended, the newest first */
        get: operations['listOperations'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/audit': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last check of everything that is stored */
        get: operations['getAudit'];
        put?: never;
        /** Check everything that is stored */
        post: operations['startAudit'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/people/free': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a name can still be taken */
        get: operations['isNameFree'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/people/import': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import people without a password: text/plain, one username a line, at most 10,000 */
        post: operations['importPeople'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/codes': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a code sent to a mobile number or an e-mail address */
        post: operations['sendCode'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/passwords/reset': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new password by a code; all logins end */
        post: operations['resetPassword'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/logins': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description username: a username, mobile number or e-mail address. With cookies: true the tokens travel in cookies
         *     only; pages of this site may ask for that.
         */
        post: operations['loginStaff'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/logins/refresh': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The next token of a login
         * @description Each refresh token is good once; one that comes again ends the login. Without a body the cookie is taken.
         */
        post: operations['refreshStaffLogin'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/logins/current': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Log out; the tokens are refused from now on */
        delete: operations['logOutStaff'];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/me/password': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change one's password; all other logins end */
        put: operations['changeStaffPassword'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/me': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who one is as a member of staff, and for whom one acts */
        get: operations['getStaffMe'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a member of staff, who has to change the password at the first login */
        post: operations['createStaff'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/banners': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All banners, also those that are not shown now */
        get: operations['listBanners'];
        /** Set all banners, at most 20, in their order */
        put: operations['putBanners'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/code-lists/{list}/chunks/{index}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Store a chunk of a list: text/plain, one code a line, at most 10,000
         * @description Chunks come in order: 0, 1, 2, … Sending one again changes nothing.
         */
        put: operations['stageCodes'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/code-lists/{list}/seal': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a list, so that it can be sold */
        post: operations['sealCodes'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/campaigns/{campaign}/curve': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the orders of a campaign came in */
        get: operations['getCurve'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/campaigns/{campaign}/curve.svg': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a picture */
        get: operations['getCurvePicture'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/sessions/{session}/history': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stock and orders of a session as of a moment
         * @description Replayed from the journal. Without `at`: the newest state, and the points between which something changed,
         *     thinned to about 200. 503 when too many ask.
         */
        get: operations['getSessionHistory'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/imports': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Imports since the start, the newest first */
        get: operations['listImports'];
        put?: never;
        /** Begin an import */
        post: operations['createImport'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/imports/template.toml': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A campaign file to begin with */
        get: operations['getImportTemplate'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/imports/template.csv': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions as rows, to begin with */
        get: operations['getImportRowsTemplate'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/imports/{import}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An import: how far it is, and its mistakes */
        get: operations['getImport'];
        put?: never;
        post?: never;
        /** Remove it with its files; what was done stays */
        delete: operations['removeImport'];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/imports/{import}/files/{name}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Bring a piece of a file: its bytes from `offset` on, at most 4 MiB
         * @description Pieces come in order; the same piece again changes nothing, and offset 0 begins the file anew. A file has
         *     at most 64 MiB, an import 512 MiB.
         */
        put: operations['writeImportFile'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/imports/{import}/check': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check it whole; nothing changes */
        post: operations['checkImport'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/imports/{import}/start': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check it whole, then carry it out */
        post: operations['startImport'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/organisers': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisers that one acts for, the newest number first */
        get: operations['listOrganisers'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/campaigns/{campaign}/results.csv': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One row per issued ticket: person, username, tier, order, ticket, code, time, state (effective, void, refunded)
         * @description At most 3,000,000 rows.
         */
        get: operations['getResultsCsv'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/campaigns/{campaign}/results.xlsx': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One row per issued ticket: person, username, tier, order, ticket, code, time, state (effective, void, refunded)
         * @description At most 1,048,575 rows.
         */
        get: operations['getResultsXlsx'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/campaigns/{campaign}/results.json': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One row per issued ticket: person, username, tier, order, ticket, code, time, state (effective, void, refunded)
         * @description At most 3,000,000 rows.
         */
        get: operations['getResultsJson'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/sessions/{session}/orders.csv': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One row per order of the session
         * @description At most 3,000,000 rows.
         */
        get: operations['getSessionOrdersCsv'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/sessions/{session}/orders.xlsx': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One row per order of the session
         * @description At most 1,048,575 rows.
         */
        get: operations['getSessionOrdersXlsx'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/sessions/{session}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A session with its pools, tiers and campaigns */
        get: operations['getSession'];
        put?: never;
        post?: never;
        /**
         * Take a session out of the catalogue
         * @description Only one that is cancelled, or that nothing of has been on sale yet. Its numbers stay taken.
         */
        delete: operations['removeSession'];
        options?: never;
        head?: never;
        /** Change a session's times, limits, venue or notice */
        patch: operations['editSession'];
        trace?: never;
    };
    '/api/v1/tiers/{tier}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a tier's texts, price, validity or sale
         * @description Orders that exist keep their price.
         */
        patch: operations['editTier'];
        trace?: never;
    };
    '/api/v1/sessions/{session}/campaigns': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a campaign to a session */
        post: operations['addCampaign'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/sessions/{session}/cancel': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a session before it starts
         * @description Nothing of it is sold any more, and all its live orders end.
         */
        post: operations['cancelSession'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/sessions': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions of the organisers that one acts for, the newest number first */
        get: operations['listSessions'];
        put?: never;
        /**
         * Set up a session with its stock, tiers and campaigns, in one step
         * @description 201 when it is new; 200 with outcome unchanged when the same content was there.
         */
        post: operations['setUpSession'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/sessions/{session}/orders': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders of a session, newest first, as old as the rows for queries */
        get: operations['listSessionOrders'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/sessions/{session}/pools/{pool}/additions': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add stock to a pool; repeating an addition changes nothing */
        post: operations['addStock'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/sessions/{session}/pools/{pool}/withdrawals': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take free stock away; with `withdrawal`, repeating it changes nothing */
        post: operations['withdrawStock'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/sessions/{session}/statistics': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a session has sold */
        get: operations['getSessionStatistics'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/statistics': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders of a period by creation, best sold shows and sessions */
        get: operations['getStatistics'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/me/statistics': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own orders: count, total and average */
        get: operations['getOwnStatistics'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/stock/sessions/{session}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The stock of a session's pools */
        get: operations['getStock'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/stock/sessions/{session}/changes': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every change of a session's stock, the oldest first */
        get: operations['listStockChanges'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/webhooks': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Webhooks of one's organisers */
        get: operations['listWebhooks'];
        put?: never;
        /**
         * Tell an address what happens from now on
         * @description Calls are POSTs of a JSON array of events, signed with the secret that this answer shows: Onsale-Signature
         *     is t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>" in hex>. An event may come twice; its id says so.
         *     docs/formats/webhooks.md has the events.
         */
        post: operations['addWebhook'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/webhooks/{webhook}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a webhook */
        delete: operations['removeWebhook'];
        options?: never;
        head?: never;
        /** Change a webhook, or switch it on or off */
        patch: operations['changeWebhook'];
        trace?: never;
    };
    '/api/v1/webhooks/{webhook}/test': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call it once with an event of the type test */
        post: operations['testWebhook'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/webhooks/{webhook}/deliveries': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Recent and parked deliveries of a webhook */
        get: operations['listDeliveries'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/webhooks/{webhook}/deliveries/{delivery}/retry': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a parked delivery again */
        post: operations['retryDelivery'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/webhooks/{webhook}/deliveries/{delivery}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Give a parked delivery up */
        delete: operations['dropDelivery'];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/banks': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The banks, and in which ways each can be paid with now
         * @description A bank that is not usable has no instance that answers; ask again shortly.
         */
        get: operations['listBanks'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/me/bank-bills': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What one has paid at a bank and got back, as the bank has it
         * @description With the consent that one has given at the bank. The site hands it on and does not keep it; only the
         *     person who used it first can use it. `amount` is above zero both ways.
         */
        post: operations['listBankBills'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/payments/callbacks/{bank}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A bank tells what it has taken and given back
         * @description Signed by the bank that the address names. 200 only after every event is stored as received and decided;
         *     anything else has to be told again. An event that comes twice changes nothing.
         */
        post: operations['tellPaymentEvents'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/registry/heartbeats': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An instance of a bank's or supplier's program is there
         * @description Sent every second; it registers the instance. Without one for 2.5 s the instance gets no calls, until the
         *     next. `serving` false, at a clean stop, takes it out at once.
         */
        post: operations['sendHeartbeat'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/ledger/balances': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What every account of the books has
         * @description All that was ever debited and credited. The sum of all accounts is zero in each currency.
         */
        get: operations['getBalances'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/ledger/entries': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries of the books, newest first: one item for each side */
        get: operations['listEntries'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/ledger/payables': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the organisers that one acts for are owed, by session and currency
         * @description Owed is sold less refunded less fees. At most 1,000 rows; `sums` are of all of them.
         */
        get: operations['getPayables'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/ledger/payables.csv': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a file */
        get: operations['getPayablesCsv'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/ledger/payables.xlsx': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a file */
        get: operations['getPayablesXlsx'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/reconciliations': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reconciliations, newest first */
        get: operations['listReconciliations'];
        put?: never;
        /**
         * Compare a bank's file of a day with the books
         * @description The bank is asked for its file, which may take a while: look at the reconciliation until its state is done
         *     or failed. A day may be compared as often as wanted; one that is under way for the same bank and day is given
         *     instead of another one. Of a day that is not over, what was done until now is compared.
         */
        post: operations['reconcile'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/reconciliations/{reconciliation}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A reconciliation and what it found */
        get: operations['getReconciliation'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/reconciliations/{reconciliation}/items.csv': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a reconciliation found, as a file */
        get: operations['getReconciliationCsv'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/me/messages': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What one is told about one's refunds, newest first
         * @description `kind` is refund_approved, refund_rejected or refund_completed. `unread` counts all.
         */
        get: operations['listMessages'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/me/messages/{message}/read': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark a message as read */
        put: operations['markMessageRead'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/orders/{order}/payments': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The payments of one of one's own orders, in the order they began */
        get: operations['listOrderPayments'];
        put?: never;
        /**
         * Begin to pay for an order
         * @description way token: with the authorisation that the bank has given the buyer; the order is paid at once, and
         *     completed when the bank has deducted the amount. way cashier: the answer's cashier_url is where the buyer pays,
         *     until expires_at. 200 when the same was begun before.
         */
        post: operations['startPayment'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/payments/{payment}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A payment of one's own */
        get: operations['getPayment'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/orders/{order}/refund-terms': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What would be given back if it were asked for now */
        get: operations['getRefundTerms'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/orders/{order}/refunds': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for the money back
         * @description 201 for a new refund; 200 with the one that is under way. `reason` is schedule, cannot_attend,
         *     bought_by_mistake or other; `note` are words of one's own, at most 200 characters.
         */
        post: operations['requestRefund'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/refunds': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own refunds, newest first */
        get: operations['listRefunds'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/refunds/{refund}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take back a refund that is being reviewed */
        delete: operations['cancelRefund'];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/banks': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every bank with its keys, without their secrets, and its instances */
        get: operations['listAllBanks'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/banks/{bank}': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make a bank, or change its name or switch it
         * @description A bank that is made now (201) comes with its credentials file, which is never shown again.
         */
        put: operations['putBank'];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/banks/{bank}/keys': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * New keys for a bank
         * @description The credentials file has the old keys, too, while they are good; it is never shown again. The bank's
         *     program reads it without a restart.
         */
        post: operations['rotateBankKeys'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/payments': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Payments of the organisers that one acts for, newest first
         * @description From the rows for queries; a page may be empty and still have a `next`.
         */
        get: operations['listPayments'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/payment-days': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was paid and given back at each bank, by day (UTC)
         * @description From the rows for queries, the oldest day first; days on which nothing happened are not there. A payment
         *     counts as started on one day and as captured, failed or closed on another, perhaps.
         */
        get: operations['listPaymentDays'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/payments/{payment}/resume': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a parked payment go on: its bank is asked again */
        post: operations['resumePayment'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/refunds': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Refunds of the organisers that one acts for, newest first
         * @description From the rows for queries; a page may be empty and still have a `next`.
         */
        get: operations['listRefundReviews'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/refunds/{refund}/review': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve or reject a refund
         * @description From the session's amount on two people have to approve; one rejection is enough. The reason is shown to
         *     the buyer, and is needed to reject.
         */
        post: operations['reviewRefund'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/refunds/{refund}/resume': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a parked refund go on: its bank is asked again
         * @description A refund that its bank has refused for good (`refused`) is asked for under a new name.
         */
        post: operations['resumeRefund'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/staff/refunds/{refund}/settlement': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that the buyer got the money in another way than from the bank
         * @description Only after the bank's final refusal, and by two people, of whom neither is the buyer. The note is shown to
         *     the buyer.
         */
        post: operations['settleRefund'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/sessions/{session}/refunds': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of a session's refunds */
        get: operations['getSessionRefunds'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/strays': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Money at banks that belongs to no payment, and is on its way back
         * @description Parked ones first, then the oldest; at most 1,000. What has gone back is in the ledger.
         */
        get: operations['listStrays'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/strays/{stray}/resume': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let parked money of nobody go on: its bank is asked again
         * @description What the bank has refused for good (`refused`) is asked for under a new name.
         */
        post: operations['resumeStray'];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/site': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The site's name, clock and rules */
        get: operations['getSite'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/healthz': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive */
        get: operations['getHealth'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/readyz': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether it can serve, with each dependency; 503 when not */
        get: operations['getReady'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/metrics': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics in Prometheus' text format */
        get: operations['getMetrics'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/openapi.json': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations['getDocument'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    '/api/v1/errors': {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The catalogue of error codes */
        get: operations['listErrors'];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            /** @enum {string} */
            code:
                | 'malformed_request'
                | 'headers_too_large'
                | 'body_too_large'
                | 'route_unknown'
                | 'method_not_allowed'
                | 'invalid_field'
                | 'login_required'
                | 'token_invalid'
                | 'token_expired'
                | 'wrong_credentials'
                | 'staff_only'
                | 'username_taken'
                | 'username_repeated'
                | 'username_invalid'
                | 'password_invalid'
                | 'nickname_missing'
                | 'nickname_invalid'
                | 'mobile_invalid'
                | 'email_invalid'
                | 'mobile_taken'
                | 'email_taken'
                | 'code_wrong'
                | 'code_too_soon'
                | 'sender_missing'
                | 'too_many_attempts'
                | 'account_disabled'
                | 'password_unchanged'
                | 'password_wrong'
                | 'login_unknown'
                | 'login_expired'
                | 'login_revoked'
                | 'person_unknown'
                | 'last_admin'
                | 'campaign_unknown'
                | 'session_unknown'
                | 'session_closed'
                | 'session_cancelled'
                | 'not_open_yet'
                | 'campaign_ended'
                | 'tier_unknown'
                | 'tier_not_on_sale'
                | 'tier_repeated'
                | 'quantity_invalid'
                | 'over_tickets_per_order'
                | 'over_orders_per_person'
                | 'over_tickets_per_person'
                | 'sold_out'
                | 'not_enough_stock'
                | 'key_reused'
                | 'order_unknown'
                | 'order_not_cancellable'
                | 'order_not_final'
                | 'ticket_unknown'
                | 'order_not_payable'
                | 'authorisation_too_small'
                | 'authorisation_expired'
                | 'payments_exhausted'
                | 'payment_unknown'
                | 'payment_final'
                | 'step_not_wanted'
                | 'not_parked'
                | 'refund_not_refused'
                | 'refund_not_allowed'
                | 'refund_too_late'
                | 'refund_nothing_paid'
                | 'order_not_refundable'
                | 'refund_unknown'
                | 'refund_not_pending'
                | 'refund_same_reviewer'
                | 'message_unknown'
                | 'stray_unknown'
                | 'definition_conflict'
                | 'definition_invalid'
                | 'pool_unknown'
                | 'stock_not_free'
                | 'session_not_ended'
                | 'orders_not_final'
                | 'session_started'
                | 'session_not_removable'
                | 'chunk_missing'
                | 'chunk_differs'
                | 'list_too_long'
                | 'code_invalid'
                | 'code_repeated'
                | 'list_sealed'
                | 'list_unknown'
                | 'too_many_imports'
                | 'import_at_work'
                | 'import_over'
                | 'piece_missing'
                | 'file_too_large'
                | 'import_too_large'
                | 'too_many_files'
                | 'busy'
                | 'storage_full'
                | 'stopping'
                | 'too_many_streams'
                | 'overloaded'
                | 'internal_error'
                | 'avatar_invalid'
                | 'reason_invalid'
                | 'roles_invalid'
                | 'cross_site_refused'
                | 'password_change_required'
                | 'admin_only'
                | 'not_your_organiser'
                | 'organiser_unknown'
                | 'show_unknown'
                | 'webhook_unknown'
                | 'import_unknown'
                | 'picture_unknown'
                | 'picture_invalid'
                | 'too_many_pictures'
                | 'too_many_rows'
                | 'too_many_webhooks'
                | 'delivery_unknown'
                | 'receipt_invalid'
                | 'receipt_not_yours'
                | 'position_unknown'
                | 'too_far_back'
                | 'ticket_void'
                | 'too_many_ticket_keys'
                | 'signature_refused'
                | 'bank_unknown'
                | 'too_many_parties'
                | 'too_many_instances'
                | 'rotation_under_way'
                | 'site_address_unknown'
                | 'bank_unavailable'
                | 'authorisation_invalid'
                | 'authorisation_of_other_order'
                | 'bank_away'
                | 'consent_invalid'
                | 'consent_of_other'
                | 'reconciliation_unknown';
            message: string;
            remedy: string;
            request_id: string;
            details: Record<string, never>;
            receipt?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    actList: {
        parameters: {
            query?: {
                /** @description 1, 2, 3, … */
                page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Activities that are open now, 20 a page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        page: number;
                        /** Format: int64 */
                        pages: number;
                        /** Format: int64 */
                        total: number;
                        list: {
                            /** Format: int64 */
                            actId: number;
                            name: string;
                            desc: string;
                            startTime: string;
                            endTime: string;
                            /** Format: int64 */
                            remaining: number;
                            joined?: boolean | null;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    actDetail: {
        parameters: {
            query: {
                /** @description Number of the activity; `id` is understood too */
                actId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An activity; with a login also whether one has joined */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        actId: number;
                        name: string;
                        desc: string;
                        startTime: string;
                        endTime: string;
                        /** Format: int64 */
                        remaining: number;
                        joined?: boolean | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: campaign_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    ticketGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    actId?: number | null;
                    id?: number | null;
                };
            };
        };
        responses: {
            /** @description Take a ticket; again: the same ticket */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        actId: number;
                        /** Format: int64 */
                        ticketId: number;
                        /** Format: int64 */
                        orderId: number;
                        code: string;
                        outcome: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: sold_out, not_open_yet, campaign_ended, campaign_unknown, busy,
            *     storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    ticketList: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One's own tickets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        list: {
                            /** Format: int64 */
                            ticketId: number;
                            /** Format: int64 */
                            actId: number;
                            code: string;
                            isEffective: boolean;
                            time: string;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    ticketDetail: {
        parameters: {
            query: {
                /** @description Number of the ticket; `id` is understood too */
                ticketId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of one's own tickets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        ticketId: number;
                        /** Format: int64 */
                        actId: number;
                        code: string;
                        isEffective: boolean;
                        time: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: ticket_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                /** @description current when absent */
                state?: 'current' | 'upcoming';
                /** @description Part of the name of campaign, show, organiser or venue */
                query?: string;
                /** @description Number of an organiser */
                organiser?: number;
                /** @description `next` of the former page */
                after?: string;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Campaigns that are open now, or that open next */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        campaigns: {
                            /** Format: int64 */
                            id: number;
                            /** Format: int64 */
                            session: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            description: {
                                zh: string;
                                en: string;
                            };
                            picture?: string | null;
                            organiser: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            show: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                                description: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            venue?: {
                                zh: string;
                                en: string;
                            } | null;
                            notice?: {
                                zh: string;
                                en: string;
                            } | null;
                            starts_at: string;
                            ends_at: string;
                            session_state: string;
                            opens_at: string;
                            closes_at: string;
                            state: string;
                            cancelled: boolean;
                            one_per_person: boolean;
                            tickets_per_order: number;
                            orders_per_person: number;
                            tickets_per_person: number;
                            /** Format: int64 */
                            hold_minutes: number;
                            refund_allowed: boolean;
                            refund_until?: string | null;
                            refund_fee_percent?: string | null;
                            tiers: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                                description: {
                                    zh: string;
                                    en: string;
                                };
                                price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                                /** Format: int64 */
                                free: number;
                                on_sale: boolean;
                                valid_from?: string | null;
                                valid_until?: string | null;
                            }[];
                        }[];
                        next?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the campaign */
                campaign: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A campaign; with a login also whether one has joined, and the order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        /** Format: int64 */
                        session: number;
                        name: {
                            zh: string;
                            en: string;
                        };
                        description: {
                            zh: string;
                            en: string;
                        };
                        picture?: string | null;
                        organiser: {
                            /** Format: int64 */
                            id: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                        };
                        show: {
                            /** Format: int64 */
                            id: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            description: {
                                zh: string;
                                en: string;
                            };
                        };
                        venue?: {
                            zh: string;
                            en: string;
                        } | null;
                        notice?: {
                            zh: string;
                            en: string;
                        } | null;
                        starts_at: string;
                        ends_at: string;
                        session_state: string;
                        opens_at: string;
                        closes_at: string;
                        state: string;
                        cancelled: boolean;
                        one_per_person: boolean;
                        tickets_per_order: number;
                        orders_per_person: number;
                        tickets_per_person: number;
                        /** Format: int64 */
                        hold_minutes: number;
                        refund_allowed: boolean;
                        refund_until?: string | null;
                        refund_fee_percent?: string | null;
                        tiers: {
                            /** Format: int64 */
                            id: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            description: {
                                zh: string;
                                en: string;
                            };
                            price: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                            /** Format: int64 */
                            free: number;
                            on_sale: boolean;
                            valid_from?: string | null;
                            valid_until?: string | null;
                        }[];
                    } & {
                        joined: boolean;
                        order?: {
                            /** Format: int64 */
                            id: number;
                            /** Format: int64 */
                            person: number;
                            /** Format: int64 */
                            session: number;
                            /** Format: int64 */
                            campaign: number;
                            state: string;
                            created_at: string;
                            deadline?: string | null;
                            amount: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                            lines: {
                                /** Format: int64 */
                                tier: number;
                                quantity: number;
                                unit_price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                            }[];
                            tickets?:
                                | {
                                      /** Format: int64 */
                                      id: number;
                                      /** Format: int64 */
                                      tier: number;
                                      code: string;
                                  }[]
                                | null;
                        };
                    };
                };
            };
            /** @description Refused or failed. Codes: campaign_unknown, token_invalid, token_expired */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    editCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the campaign */
                campaign: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    name?: {
                        zh: string;
                        en: string;
                    } | null;
                    description?: {
                        zh: string;
                        en: string;
                    } | null;
                    picture?: string | null;
                    opens_at?: string | null;
                    closes_at?: string | null;
                    one_per_person?: boolean | null;
                    tickets_per_order?: number | null;
                    hold_minutes?: number | null;
                    tiers?: number[] | null;
                };
            };
        };
        responses: {
            /** @description Change a campaign's texts, window, limits or tiers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        session: number;
                        outcome: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, invalid_field, campaign_unknown,
            *     session_closed, definition_conflict, definition_invalid, busy, storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    openEvents: {
        parameters: {
            query?: {
                /** @description At most 50 numbers with commas between them */
                campaigns?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Live updates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'text/event-stream': string;
                };
            };
            /** @description Refused or failed. Codes: invalid_field, too_many_streams, token_invalid, token_expired */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    explain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    receipt?: string | null;
                    order?: number | null;
                };
            };
        };
        responses: {
            /** @description Why one was refused (by its receipt), or what became of one's order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        sentences: {
                            zh: string[];
                            en: string[];
                        };
                        refusal?: {
                            reason: string;
                            /** Format: int64 */
                            session: number;
                            /** Format: int64 */
                            campaign: number;
                            position: {
                                /** Format: int64 */
                                shard: number;
                                /** Format: int64 */
                                sequence: number;
                                at: string;
                            };
                            /** Format: int64 */
                            facts_before: number;
                            decided_at: string;
                            /** Format: int64 */
                            free: number;
                            ordinal?: number | null;
                            agreement: string;
                            opens_at?: string | null;
                            closes_at?: string | null;
                            orders_before?: number | null;
                            pools: {
                                /** Format: int64 */
                                pool: number;
                                tiers: number[];
                                /** Format: int64 */
                                free: number;
                                /** Format: int64 */
                                held: number;
                                capacity?: number | null;
                                sold?: number | null;
                                withdrawn?: number | null;
                                last_sale?: {
                                    /** Format: int64 */
                                    order: number;
                                    /** Format: int64 */
                                    tickets: number;
                                    position: {
                                        /** Format: int64 */
                                        shard: number;
                                        /** Format: int64 */
                                        sequence: number;
                                        at: string;
                                    };
                                    at: string;
                                    /** Format: int64 */
                                    ms_before: number;
                                } | null;
                            }[];
                            counted?: {
                                /** Format: int64 */
                                orders: number;
                                /** Format: int64 */
                                tickets: number;
                                /** Format: int64 */
                                orders_per_person: number;
                                /** Format: int64 */
                                tickets_per_person: number;
                                list: {
                                    /** Format: int64 */
                                    order: number;
                                    /** Format: int64 */
                                    campaign: number;
                                    state: string;
                                    /** Format: int64 */
                                    tickets: number;
                                    created_at: string;
                                }[];
                            } | null;
                        } | null;
                        order?: {
                            /** Format: int64 */
                            order: number;
                            /** Format: int64 */
                            session: number;
                            /** Format: int64 */
                            campaign: number;
                            state: string;
                            cause: string;
                            amount: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                            lines: {
                                /** Format: int64 */
                                tier: number;
                                /** Format: int64 */
                                quantity: number;
                                unit_price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                                first_ordinal?: number | null;
                            }[];
                            facts: {
                                state: string;
                                position: {
                                    /** Format: int64 */
                                    shard: number;
                                    /** Format: int64 */
                                    sequence: number;
                                    at: string;
                                };
                                at: string;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: receipt_invalid, receipt_not_yours, order_unknown, too_far_back,
            *     position_unknown, invalid_field, busy, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    explainForStaff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    receipt?: string | null;
                    order?: number | null;
                    person?: number | null;
                };
            };
        };
        responses: {
            /** @description The same for staff of the organiser; with a person, their orders are counted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        sentences: {
                            zh: string[];
                            en: string[];
                        };
                        refusal?: {
                            reason: string;
                            /** Format: int64 */
                            session: number;
                            /** Format: int64 */
                            campaign: number;
                            position: {
                                /** Format: int64 */
                                shard: number;
                                /** Format: int64 */
                                sequence: number;
                                at: string;
                            };
                            /** Format: int64 */
                            facts_before: number;
                            decided_at: string;
                            /** Format: int64 */
                            free: number;
                            ordinal?: number | null;
                            agreement: string;
                            opens_at?: string | null;
                            closes_at?: string | null;
                            orders_before?: number | null;
                            pools: {
                                /** Format: int64 */
                                pool: number;
                                tiers: number[];
                                /** Format: int64 */
                                free: number;
                                /** Format: int64 */
                                held: number;
                                capacity?: number | null;
                                sold?: number | null;
                                withdrawn?: number | null;
                                last_sale?: {
                                    /** Format: int64 */
                                    order: number;
                                    /** Format: int64 */
                                    tickets: number;
                                    position: {
                                        /** Format: int64 */
                                        shard: number;
                                        /** Format: int64 */
                                        sequence: number;
                                        at: string;
                                    };
                                    at: string;
                                    /** Format: int64 */
                                    ms_before: number;
                                } | null;
                            }[];
                            counted?: {
                                /** Format: int64 */
                                orders: number;
                                /** Format: int64 */
                                tickets: number;
                                /** Format: int64 */
                                orders_per_person: number;
                                /** Format: int64 */
                                tickets_per_person: number;
                                list: {
                                    /** Format: int64 */
                                    order: number;
                                    /** Format: int64 */
                                    campaign: number;
                                    state: string;
                                    /** Format: int64 */
                                    tickets: number;
                                    created_at: string;
                                }[];
                            } | null;
                        } | null;
                        order?: {
                            /** Format: int64 */
                            order: number;
                            /** Format: int64 */
                            session: number;
                            /** Format: int64 */
                            campaign: number;
                            state: string;
                            cause: string;
                            amount: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                            lines: {
                                /** Format: int64 */
                                tier: number;
                                /** Format: int64 */
                                quantity: number;
                                unit_price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                                first_ordinal?: number | null;
                            }[];
                            facts: {
                                state: string;
                                position: {
                                    /** Format: int64 */
                                    shard: number;
                                    /** Format: int64 */
                                    sequence: number;
                                    at: string;
                                };
                                at: string;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: receipt_invalid, receipt_not_yours, order_unknown, too_far_back,
            *     position_unknown, invalid_field, busy, stopping, not_your_organiser, session_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getHome: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The first page: banners, what is on, and what opens next, 20 of each */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        banners: {
                            picture: string;
                            title: {
                                zh: string;
                                en: string;
                            };
                            show?: number | null;
                            campaign?: number | null;
                        }[];
                        current: {
                            /** Format: int64 */
                            id: number;
                            /** Format: int64 */
                            session: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            description: {
                                zh: string;
                                en: string;
                            };
                            picture?: string | null;
                            organiser: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            show: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                                description: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            venue?: {
                                zh: string;
                                en: string;
                            } | null;
                            notice?: {
                                zh: string;
                                en: string;
                            } | null;
                            starts_at: string;
                            ends_at: string;
                            session_state: string;
                            opens_at: string;
                            closes_at: string;
                            state: string;
                            cancelled: boolean;
                            one_per_person: boolean;
                            tickets_per_order: number;
                            orders_per_person: number;
                            tickets_per_person: number;
                            /** Format: int64 */
                            hold_minutes: number;
                            refund_allowed: boolean;
                            refund_until?: string | null;
                            refund_fee_percent?: string | null;
                            tiers: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                                description: {
                                    zh: string;
                                    en: string;
                                };
                                price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                                /** Format: int64 */
                                free: number;
                                on_sale: boolean;
                                valid_from?: string | null;
                                valid_until?: string | null;
                            }[];
                        }[];
                        upcoming: {
                            /** Format: int64 */
                            id: number;
                            /** Format: int64 */
                            session: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            description: {
                                zh: string;
                                en: string;
                            };
                            picture?: string | null;
                            organiser: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            show: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                                description: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            venue?: {
                                zh: string;
                                en: string;
                            } | null;
                            notice?: {
                                zh: string;
                                en: string;
                            } | null;
                            starts_at: string;
                            ends_at: string;
                            session_state: string;
                            opens_at: string;
                            closes_at: string;
                            state: string;
                            cancelled: boolean;
                            one_per_person: boolean;
                            tickets_per_order: number;
                            orders_per_person: number;
                            tickets_per_person: number;
                            /** Format: int64 */
                            hold_minutes: number;
                            refund_allowed: boolean;
                            refund_until?: string | null;
                            refund_fee_percent?: string | null;
                            tiers: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                                description: {
                                    zh: string;
                                    en: string;
                                };
                                price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                                /** Format: int64 */
                                free: number;
                                on_sale: boolean;
                                valid_from?: string | null;
                                valid_until?: string | null;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Refused or failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
                /** @description Only orders in this state */
                state?:
                    | 'reserved'
                    | 'paid'
                    | 'completed'
                    | 'failed'
                    | 'cancelled'
                    | 'expired'
                    | 'refunding'
                    | 'refunded';
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One's own orders, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        orders: {
                            /** Format: int64 */
                            id: number;
                            /** Format: int64 */
                            person: number;
                            /** Format: int64 */
                            session: number;
                            /** Format: int64 */
                            campaign: number;
                            state: string;
                            created_at: string;
                            deadline?: string | null;
                            amount: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                            lines: {
                                /** Format: int64 */
                                tier: number;
                                quantity: number;
                                unit_price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                            }[];
                            tickets?:
                                | {
                                      /** Format: int64 */
                                      id: number;
                                      /** Format: int64 */
                                      tier: number;
                                      code: string;
                                  }[]
                                | null;
                        }[];
                        next: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    createOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 printable characters; within a campaign the same key never gives two orders */
                'Idempotency-Key'?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    /** Format: int64 */
                    campaign: number;
                    lines?:
                        | {
                              /** Format: int64 */
                              tier: number;
                              quantity: number;
                          }[]
                        | null;
                };
            };
        };
        responses: {
            /** @description Ask for tickets */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        order: {
                            /** Format: int64 */
                            id: number;
                            /** Format: int64 */
                            person: number;
                            /** Format: int64 */
                            session: number;
                            /** Format: int64 */
                            campaign: number;
                            state: string;
                            created_at: string;
                            deadline?: string | null;
                            amount: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                            lines: {
                                /** Format: int64 */
                                tier: number;
                                quantity: number;
                                unit_price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                            }[];
                            tickets?:
                                | {
                                      /** Format: int64 */
                                      id: number;
                                      /** Format: int64 */
                                      tier: number;
                                      code: string;
                                  }[]
                                | null;
                        };
                        /** @enum {string} */
                        outcome: 'accepted' | 'repeated' | 'already_joined';
                    };
                };
            };
            /** @description Refused or failed. Codes: sold_out, not_enough_stock, over_orders_per_person,
            *     over_tickets_per_person, over_tickets_per_order, not_open_yet, campaign_ended, campaign_unknown, session_closed,
            *     session_cancelled, tier_not_on_sale, tier_unknown, tier_repeated, quantity_invalid, key_reused, busy,
            *     storage_full, stopping, invalid_field */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the order */
                order: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of one's own orders */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        order: {
                            /** Format: int64 */
                            id: number;
                            /** Format: int64 */
                            person: number;
                            /** Format: int64 */
                            session: number;
                            /** Format: int64 */
                            campaign: number;
                            state: string;
                            created_at: string;
                            deadline?: string | null;
                            amount: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                            lines: {
                                /** Format: int64 */
                                tier: number;
                                quantity: number;
                                unit_price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                            }[];
                            tickets?:
                                | {
                                      /** Format: int64 */
                                      id: number;
                                      /** Format: int64 */
                                      tier: number;
                                      code: string;
                                  }[]
                                | null;
                        };
                    };
                };
            };
            /** @description Refused or failed. Codes: order_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    hideOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the order */
                order: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take a final order out of one's list */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: order_unknown, order_not_final, busy, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the order */
                order: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancel a reserved order; its stock is free again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        order: {
                            /** Format: int64 */
                            id: number;
                            /** Format: int64 */
                            person: number;
                            /** Format: int64 */
                            session: number;
                            /** Format: int64 */
                            campaign: number;
                            state: string;
                            created_at: string;
                            deadline?: string | null;
                            amount: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                            lines: {
                                /** Format: int64 */
                                tier: number;
                                quantity: number;
                                unit_price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                            }[];
                            tickets?:
                                | {
                                      /** Format: int64 */
                                      id: number;
                                      /** Format: int64 */
                                      tier: number;
                                      code: string;
                                  }[]
                                | null;
                        };
                    };
                };
            };
            /** @description Refused or failed. Codes: order_unknown, order_not_cancellable, busy, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getOrganiser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the organiser */
                organiser: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An organiser with its first shows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        name: {
                            zh: string;
                            en: string;
                        };
                        description?: {
                            zh: string;
                            en: string;
                        } | null;
                        picture?: string | null;
                        changed_at: string;
                        shows: {
                            /** Format: int64 */
                            id: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            description: {
                                zh: string;
                                en: string;
                            };
                            venue?: {
                                zh: string;
                                en: string;
                            } | null;
                            picture?: string | null;
                            organiser: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            state: string;
                            /** Format: int64 */
                            sessions: number;
                            starts_at?: string | null;
                            price_from?: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: organiser_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    putOrganiser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the organiser */
                organiser: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    name: {
                        zh: string;
                        en: string;
                    };
                    description?: {
                        zh: string;
                        en: string;
                    } | null;
                    picture?: string | null;
                };
            };
        };
        responses: {
            /** @description Change an organiser's texts; an administrator makes new ones */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        outcome: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, invalid_field, organiser_unknown, not_your_organiser, busy,
            *     storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the picture */
                picture: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'image/*': string;
                };
            };
            /** @description Refused or failed. Codes: picture_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    putPicture: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send a picture; the same bytes again give the same name */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        id: string;
                        url: string;
                        width: number;
                        height: number;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, picture_invalid, body_too_large, too_many_pictures, busy,
            *     storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listShows: {
        parameters: {
            query?: {
                /** @description Part of the name of show, organiser, venue or campaign */
                query?: string;
                /** @description all when absent */
                state?: 'on_sale' | 'upcoming' | 'all';
                /** @description Number of an organiser */
                organiser?: number;
                /** @description `next` of the former page */
                after?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shows, by their number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        shows: {
                            /** Format: int64 */
                            id: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            description: {
                                zh: string;
                                en: string;
                            };
                            venue?: {
                                zh: string;
                                en: string;
                            } | null;
                            picture?: string | null;
                            organiser: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            state: string;
                            /** Format: int64 */
                            sessions: number;
                            starts_at?: string | null;
                            price_from?: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            } | null;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the show */
                show: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A show with its sessions, tiers and campaigns */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        name: {
                            zh: string;
                            en: string;
                        };
                        description: {
                            zh: string;
                            en: string;
                        };
                        venue?: {
                            zh: string;
                            en: string;
                        } | null;
                        notice?: {
                            zh: string;
                            en: string;
                        } | null;
                        picture?: string | null;
                        organiser: {
                            /** Format: int64 */
                            id: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                        };
                        state: string;
                        changed_at: string;
                        sessions: {
                            /** Format: int64 */
                            id: number;
                            starts_at: string;
                            ends_at: string;
                            venue?: {
                                zh: string;
                                en: string;
                            } | null;
                            notice?: {
                                zh: string;
                                en: string;
                            } | null;
                            state: string;
                            cancelled: boolean;
                            cancel_reason?: {
                                zh: string;
                                en: string;
                            } | null;
                            tiers: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                                description: {
                                    zh: string;
                                    en: string;
                                };
                                price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                                /** Format: int64 */
                                free: number;
                                on_sale: boolean;
                                valid_from?: string | null;
                                valid_until?: string | null;
                            }[];
                            campaigns: {
                                /** Format: int64 */
                                id: number;
                                /** Format: int64 */
                                session: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                                description: {
                                    zh: string;
                                    en: string;
                                };
                                picture?: string | null;
                                organiser: {
                                    /** Format: int64 */
                                    id: number;
                                    name: {
                                        zh: string;
                                        en: string;
                                    };
                                };
                                show: {
                                    /** Format: int64 */
                                    id: number;
                                    name: {
                                        zh: string;
                                        en: string;
                                    };
                                    description: {
                                        zh: string;
                                        en: string;
                                    };
                                };
                                venue?: {
                                    zh: string;
                                    en: string;
                                } | null;
                                notice?: {
                                    zh: string;
                                    en: string;
                                } | null;
                                starts_at: string;
                                ends_at: string;
                                session_state: string;
                                opens_at: string;
                                closes_at: string;
                                state: string;
                                cancelled: boolean;
                                one_per_person: boolean;
                                tickets_per_order: number;
                                orders_per_person: number;
                                tickets_per_person: number;
                                /** Format: int64 */
                                hold_minutes: number;
                                refund_allowed: boolean;
                                refund_until?: string | null;
                                refund_fee_percent?: string | null;
                                tiers: {
                                    /** Format: int64 */
                                    id: number;
                                    name: {
                                        zh: string;
                                        en: string;
                                    };
                                    description: {
                                        zh: string;
                                        en: string;
                                    };
                                    price: {
                                        /** Format: int64 */
                                        minor: number;
                                        currency: string;
                                    };
                                    /** Format: int64 */
                                    free: number;
                                    on_sale: boolean;
                                    valid_from?: string | null;
                                    valid_until?: string | null;
                                }[];
                            }[];
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: show_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    putShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the show */
                show: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    /** Format: int64 */
                    organiser: number;
                    name: {
                        zh: string;
                        en: string;
                    };
                    description?: {
                        zh: string;
                        en: string;
                    } | null;
                    venue?: {
                        zh: string;
                        en: string;
                    } | null;
                    notice?: {
                        zh: string;
                        en: string;
                    } | null;
                    picture?: string | null;
                };
            };
        };
        responses: {
            /** @description Make a show, or change its texts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        outcome: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, invalid_field, not_your_organiser, definition_conflict, busy,
            *     storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getTicketKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The public keys of signed tickets, old ones included */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        keys: {
                            id: string;
                            algorithm: string;
                            public_key: string;
                            from: string;
                            until?: string | null;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    rotateTicketKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    starts_in_seconds?: number | null;
                };
            };
        };
        responses: {
            /** @description A new key for tickets, published at once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        key: string;
                        from: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, admin_only, invalid_field, too_many_ticket_keys, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    checkTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    code: string;
                };
            };
        };
        responses: {
            /** @description What a signed code is worth */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        result: string;
                        reason?: string | null;
                        key?: string | null;
                        ticket?: number | null;
                        session?: number | null;
                        tier?: number | null;
                        version?: number | null;
                        issued_at?: string | null;
                        show?: {
                            zh: string;
                            en: string;
                        } | null;
                        venue?: {
                            zh: string;
                            en: string;
                        } | null;
                        tier_name?: {
                            zh: string;
                            en: string;
                        } | null;
                        starts_at?: string | null;
                        ends_at?: string | null;
                        valid_from?: string | null;
                        valid_until?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, too_many_attempts, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getTicketPdf: {
        parameters: {
            query?: {
                /** @description zh or en; by Accept-Language when absent */
                language?: 'zh' | 'en';
            };
            header?: never;
            path: {
                /** @description Number of the ticket */
                ticket: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of one's own tickets on a page of A4, to be printed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/pdf': string;
                };
            };
            /** @description Refused or failed. Codes: ticket_unknown, invalid_field, busy, ticket_void */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getTicketCalendar: {
        parameters: {
            query?: {
                /** @description zh or en; by Accept-Language when absent */
                language?: 'zh' | 'en';
            };
            header?: never;
            path: {
                /** @description Number of the ticket */
                ticket: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session of one's own ticket for a calendar */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'text/calendar': string;
                };
            };
            /** @description Refused or failed. Codes: ticket_unknown, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listTickets: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent; a page may have a few more, to keep an order together */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One's own tickets, newest first; all tickets of an order stand together */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        tickets: {
                            /** Format: int64 */
                            id: number;
                            /** Format: int64 */
                            order: number;
                            /** Format: int64 */
                            session: number;
                            /** Format: int64 */
                            campaign: number;
                            /** Format: int64 */
                            tier: number;
                            code: string;
                            state: string;
                            void_reason?: string | null;
                            signed_code?: string | null;
                            issued_at: string;
                            valid_from?: string | null;
                            valid_until?: string | null;
                        }[];
                        next: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the ticket */
                ticket: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of one's own tickets, with its signed code while it is valid */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        /** Format: int64 */
                        order: number;
                        /** Format: int64 */
                        session: number;
                        /** Format: int64 */
                        campaign: number;
                        /** Format: int64 */
                        tier: number;
                        code: string;
                        state: string;
                        void_reason?: string | null;
                        signed_code?: string | null;
                        issued_at: string;
                        valid_from?: string | null;
                        valid_until?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: ticket_unknown, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listPeople: {
        parameters: {
            query?: {
                /** @description A whole username, mobile number, e-mail address or number */
                query?: string;
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        people: {
                            /** Format: int64 */
                            id: number;
                            username: string;
                            nickname: string;
                            mobile_masked?: string | null;
                            email_masked?: string | null;
                            roles: string[];
                            organisers: number[];
                            must_change_password: boolean;
                            has_password: boolean;
                            disabled: boolean;
                            disabled_reason?: string | null;
                            created_at: string;
                            erased: boolean;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, admin_only, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    registerPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    username: string;
                    password: string;
                    nickname: string;
                    mobile?: string | null;
                    mobile_code?: string | null;
                    email?: string | null;
                    email_code?: string | null;
                    cookies?: boolean | null;
                };
            };
        };
        responses: {
            /** @description Register and log in */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        person: number;
                        roles: string[];
                        must_change_password: boolean;
                        token?: string | null;
                        expires_at: string;
                        refresh_after: string;
                        refresh_token?: string | null;
                        refresh_expires_at: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, username_invalid, password_invalid, nickname_missing,
            *     nickname_invalid, mobile_invalid, email_invalid, code_wrong, username_taken, mobile_taken, email_taken,
            *     too_many_attempts, cross_site_refused, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the person */
                person: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        username: string;
                        nickname: string;
                        mobile_masked?: string | null;
                        email_masked?: string | null;
                        roles: string[];
                        organisers: number[];
                        must_change_password: boolean;
                        has_password: boolean;
                        disabled: boolean;
                        disabled_reason?: string | null;
                        created_at: string;
                        erased: boolean;
                    };
                };
            };
            /** @description Refused or failed. Codes: person_unknown, admin_only, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    setRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the person */
                person: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    roles: string[];
                    organisers: number[];
                };
            };
        };
        responses: {
            /** @description What a person may do, and for which organisers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        username: string;
                        nickname: string;
                        mobile_masked?: string | null;
                        email_masked?: string | null;
                        roles: string[];
                        organisers: number[];
                        must_change_password: boolean;
                        has_password: boolean;
                        disabled: boolean;
                        disabled_reason?: string | null;
                        created_at: string;
                        erased: boolean;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, person_unknown, roles_invalid, last_admin, admin_only, busy
            *     */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    setDisabled: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the person */
                person: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    disabled: boolean;
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description Shut a person out, or let them in again; effective at once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        username: string;
                        nickname: string;
                        mobile_masked?: string | null;
                        email_masked?: string | null;
                        roles: string[];
                        organisers: number[];
                        must_change_password: boolean;
                        has_password: boolean;
                        disabled: boolean;
                        disabled_reason?: string | null;
                        created_at: string;
                        erased: boolean;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, person_unknown, reason_invalid, last_admin, admin_only, busy
            *     */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    exportMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything that the site knows of oneself, to keep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': Record<string, never>;
                };
            };
            /** @description Refused or failed. Codes: login_required, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listLogins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One's own logins, the one used last first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        logins: {
                            /** Format: int64 */
                            id: number;
                            audience: string;
                            device: string;
                            address: string;
                            created_at: string;
                            used_at: string;
                            expires_at: string;
                            current: boolean;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: login_required, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    username: string;
                    password: string;
                    cookies?: boolean | null;
                };
            };
        };
        responses: {
            /** @description Log in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        person: number;
                        roles: string[];
                        must_change_password: boolean;
                        token?: string | null;
                        expires_at: string;
                        refresh_after: string;
                        refresh_token?: string | null;
                        refresh_expires_at: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, wrong_credentials, too_many_attempts, account_disabled,
            *     cross_site_refused, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    endOtherLogins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End all one's logins but this one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        ended: number;
                    };
                };
            };
            /** @description Refused or failed. Codes: login_required, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    refreshLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    refresh_token?: string | null;
                };
            };
        };
        responses: {
            /** @description The next token of a login */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        person: number;
                        roles: string[];
                        must_change_password: boolean;
                        token?: string | null;
                        expires_at: string;
                        refresh_after: string;
                        refresh_token?: string | null;
                        refresh_expires_at: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, login_required, token_invalid, login_expired, login_revoked,
            *     account_disabled, cross_site_refused, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Log out; the tokens are refused from now on */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: login_required, cross_site_refused, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    endLogin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the login */
                login: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End one of one's logins */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: login_required, busy, login_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One's own profile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        person: number;
                        username: string;
                        nickname: string;
                        gender: string;
                        avatar?: string | null;
                        mobile?: string | null;
                        email?: string | null;
                        roles: string[];
                        created_at: string;
                        must_change_password: boolean;
                        language?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: login_required, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    eraseMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Erase one's account for good: the key of all personal data goes */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: invalid_field, password_wrong, too_many_attempts, last_admin,
            *     login_required, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    changeMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    nickname?: string | null;
                    gender?: string | null;
                    avatar?: string | null;
                    language?: string | null;
                };
            };
        };
        responses: {
            /** @description Change one's nickname, gender, avatar or language of mails */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        person: number;
                        username: string;
                        nickname: string;
                        gender: string;
                        avatar?: string | null;
                        mobile?: string | null;
                        email?: string | null;
                        roles: string[];
                        created_at: string;
                        must_change_password: boolean;
                        language?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, nickname_missing, nickname_invalid, avatar_invalid,
            *     login_required, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    setMobile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    mobile: string;
                    code: string;
                    password?: string | null;
                };
            };
        };
        responses: {
            /** @description Another mobile number, by the code sent to it and the password */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        person: number;
                        username: string;
                        nickname: string;
                        gender: string;
                        avatar?: string | null;
                        mobile?: string | null;
                        email?: string | null;
                        roles: string[];
                        created_at: string;
                        must_change_password: boolean;
                        language?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, mobile_invalid, password_wrong, code_wrong,
            *     too_many_attempts, mobile_taken, login_required, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    setEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    email: string;
                    code: string;
                    password?: string | null;
                };
            };
        };
        responses: {
            /** @description Another e-mail address, by the code sent to it and the password */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        person: number;
                        username: string;
                        nickname: string;
                        gender: string;
                        avatar?: string | null;
                        mobile?: string | null;
                        email?: string | null;
                        roles: string[];
                        created_at: string;
                        must_change_password: boolean;
                        language?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, email_invalid, password_wrong, code_wrong,
            *     too_many_attempts, email_taken, login_required, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    old_password: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Change one's password; all other logins end */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: invalid_field, password_wrong, password_invalid, password_unchanged,
            *     too_many_attempts, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listOperations: {
        parameters: {
            query?: {
                /** @description Only of this person */
                person?: number;
                /** @description Only of this name, as in `onsale routes` */
                action?: string;
                /** @description From this time on */
                from?: string;
                /** @description Before this time */
                until?: string;
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who changed what, and how it ended, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        operations: {
                            /** Format: int64 */
                            id: number;
                            at: string;
                            /** Format: int64 */
                            person: number;
                            person_name?: string | null;
                            action: string;
                            object: string;
                            result: string;
                            address: string;
                            request_id: string;
                            details: string;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, busy, invalid_field */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last check of everything that is stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** @enum {string} */
                        state: 'none' | 'running' | 'clean' | 'breaches' | 'failed';
                        started_at: string | null;
                        finished_at: string | null;
                        report: Record<string, never> | null;
                        error?: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    startAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Check everything that is stored */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** @enum {string} */
                        state: 'none' | 'running' | 'clean' | 'breaches' | 'failed';
                        started_at: string | null;
                        finished_at: string | null;
                        report: Record<string, never> | null;
                        error?: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    isNameFree: {
        parameters: {
            query?: {
                /** @description Exactly one of the three */
                username?: string;
                mobile?: string;
                email?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether a name can still be taken */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        free: boolean;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, too_many_attempts */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    importPeople: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Import people without a password: text/plain, one username a line, at most 10,000 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        first_person: number;
                        /** Format: int64 */
                        last_person: number;
                        /** Format: int64 */
                        imported: number;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, admin_only, invalid_field, username_taken, username_repeated,
            *     busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    sendCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    purpose: string;
                    mobile?: string | null;
                    email?: string | null;
                };
            };
        };
        responses: {
            /** @description Have a code sent to a mobile number or an e-mail address */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        resend_after: string;
                        expires_at: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, mobile_invalid, email_invalid, sender_missing,
            *     code_too_soon, too_many_attempts, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    mobile?: string | null;
                    email?: string | null;
                    code: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description A new password by a code; all logins end */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: invalid_field, code_wrong, password_invalid, too_many_attempts, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    loginStaff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    username: string;
                    password: string;
                    cookies?: boolean | null;
                };
            };
        };
        responses: {
            /** @description Log in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        person: number;
                        roles: string[];
                        must_change_password: boolean;
                        token?: string | null;
                        expires_at: string;
                        refresh_after: string;
                        refresh_token?: string | null;
                        refresh_expires_at: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, wrong_credentials, too_many_attempts, account_disabled,
            *     cross_site_refused, busy, staff_only */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    refreshStaffLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    refresh_token?: string | null;
                };
            };
        };
        responses: {
            /** @description The next token of a login */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        person: number;
                        roles: string[];
                        must_change_password: boolean;
                        token?: string | null;
                        expires_at: string;
                        refresh_after: string;
                        refresh_token?: string | null;
                        refresh_expires_at: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, login_required, token_invalid, login_expired, login_revoked,
            *     account_disabled, cross_site_refused, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    logOutStaff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Log out; the tokens are refused from now on */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: login_required, cross_site_refused, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    changeStaffPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    old_password: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Change one's password; all other logins end */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: invalid_field, password_wrong, password_invalid, password_unchanged,
            *     too_many_attempts, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getStaffMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who one is as a member of staff, and for whom one acts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        person: number;
                        username?: string | null;
                        nickname?: string | null;
                        roles: string[];
                        organisers: number[];
                        must_change_password: boolean;
                    };
                };
            };
            /** @description Refused or failed. Codes: login_required, staff_only */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    createStaff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    username: string;
                    password: string;
                    nickname: string;
                    roles: string[];
                    organisers: number[];
                };
            };
        };
        responses: {
            /** @description Make a member of staff, who has to change the password at the first login */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        person: number;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, invalid_field, username_invalid, password_invalid,
            *     nickname_missing, nickname_invalid, username_taken, roles_invalid, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listBanners: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All banners, also those that are not shown now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        banners: {
                            picture: string;
                            title: {
                                zh: string;
                                en: string;
                            };
                            show?: number | null;
                            campaign?: number | null;
                            from?: string | null;
                            until?: string | null;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    putBanners: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    banners: {
                        picture: string;
                        title: {
                            zh: string;
                            en: string;
                        };
                        show?: number | null;
                        campaign?: number | null;
                        from?: string | null;
                        until?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Set all banners, at most 20, in their order */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: staff_only, invalid_field, busy, storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    stageCodes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the list */
                list: number;
                /** @description Number of the chunk, from 0 */
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Store a chunk of a list: text/plain, one code a line, at most 10,000 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        stored: number;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, invalid_field, code_invalid, code_repeated, list_sealed,
            *     chunk_missing, chunk_differs, list_too_long, list_unknown, busy, storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    sealCodes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the list */
                list: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Close a list, so that it can be sold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        list: number;
                        /** Format: int64 */
                        count: number;
                        digest: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, list_unknown, busy, storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getCurve: {
        parameters: {
            query?: {
                /** @description fine: the first ten minutes by the second; else what fits */
                detail?: 'automatic' | 'fine';
            };
            header?: never;
            path: {
                /** @description Number of the campaign */
                campaign: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the orders of a campaign came in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        from: string;
                        /** Format: int64 */
                        step_seconds: number;
                        points: {
                            at: string;
                            /** Format: int64 */
                            orders: number;
                            /** Format: int64 */
                            tickets: number;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: campaign_unknown, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getCurvePicture: {
        parameters: {
            query?: {
                /** @description fine: the first ten minutes by the second; else what fits */
                detail?: 'automatic' | 'fine';
                /** @description zh or en; by Accept-Language when absent */
                language?: 'zh' | 'en';
            };
            header?: never;
            path: {
                /** @description Number of the campaign */
                campaign: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The same as a picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'image/svg+xml': string;
                };
            };
            /** @description Refused or failed. Codes: campaign_unknown, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getSessionHistory: {
        parameters: {
            query?: {
                /** @description A time (RFC 3339) or a position of the session's shard */
                at?: string;
            };
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stock and orders of a session as of a moment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        session: number;
                        then: {
                            position: {
                                /** Format: int64 */
                                shard: number;
                                /** Format: int64 */
                                sequence: number;
                                at: string;
                            };
                            known: boolean;
                            cancelled: boolean;
                            retired: boolean;
                            pools: {
                                /** Format: int64 */
                                pool: number;
                                kind: string;
                                /** Format: int64 */
                                capacity: number;
                                /** Format: int64 */
                                free: number;
                                /** Format: int64 */
                                held: number;
                                /** Format: int64 */
                                sold: number;
                                /** Format: int64 */
                                withdrawn: number;
                            }[];
                            orders: {
                                /** Format: int64 */
                                reserved: number;
                                /** Format: int64 */
                                completed: number;
                                /** Format: int64 */
                                cancelled: number;
                                /** Format: int64 */
                                expired: number;
                                /** Format: int64 */
                                refunded: number;
                            };
                        };
                        points: {
                            /** Format: int64 */
                            sequence: number;
                            at: string;
                            /** Format: int64 */
                            free: number;
                            /** Format: int64 */
                            held: number;
                            /** Format: int64 */
                            sold: number;
                            /** Format: int64 */
                            withdrawn: number;
                            /** Format: int64 */
                            reserved: number;
                            /** Format: int64 */
                            completed: number;
                            /** Format: int64 */
                            ended: number;
                        }[];
                        complete: boolean;
                    };
                };
            };
            /** @description Refused or failed. Codes: session_unknown, position_unknown, too_far_back, invalid_field, busy,
            *     stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description At most so many, 1 to 100 */
                limit?: number;
                /** @description Those before this one */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Imports since the start, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        imports: {
                            /** Format: int64 */
                            import: number;
                            state: string;
                            created_at: string;
                            files: {
                                name: string;
                                /** Format: int64 */
                                bytes: number;
                            }[];
                            /** Format: int64 */
                            done: number;
                            /** Format: int64 */
                            total: number;
                            /** Format: int64 */
                            sessions: number;
                            /** Format: int64 */
                            codes: number;
                            mistakes: {
                                file: string;
                                /** Format: int64 */
                                line: number;
                                /** Format: int64 */
                                column: number;
                                message: {
                                    zh: string;
                                    en: string;
                                };
                                remedy: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                            outcome?: string | null;
                            trouble?: {
                                zh: string;
                                en: string;
                            } | null;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    createImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin an import */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        import: number;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, too_many_imports, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getImportTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A campaign file to begin with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'text/plain': string;
                };
            };
            /** @description Refused or failed. Codes: staff_only */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getImportRowsTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions as rows, to begin with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'text/csv': string;
                };
            };
            /** @description Refused or failed. Codes: staff_only */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the import */
                import: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An import: how far it is, and its mistakes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        import: number;
                        state: string;
                        created_at: string;
                        files: {
                            name: string;
                            /** Format: int64 */
                            bytes: number;
                        }[];
                        /** Format: int64 */
                        done: number;
                        /** Format: int64 */
                        total: number;
                        /** Format: int64 */
                        sessions: number;
                        /** Format: int64 */
                        codes: number;
                        mistakes: {
                            file: string;
                            /** Format: int64 */
                            line: number;
                            /** Format: int64 */
                            column: number;
                            message: {
                                zh: string;
                                en: string;
                            };
                            remedy: {
                                zh: string;
                                en: string;
                            };
                        }[];
                        outcome?: string | null;
                        trouble?: {
                            zh: string;
                            en: string;
                        } | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, import_unknown, import_at_work, import_over, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    removeImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the import */
                import: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove it with its files; what was done stays */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: staff_only, import_unknown, import_at_work, import_over, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    writeImportFile: {
        parameters: {
            query?: {
                /** @description Where the piece begins, in bytes; 0 when absent */
                offset?: number;
            };
            header?: never;
            path: {
                /** @description Number of the import */
                import: number;
                /** @description Name of the file, as the campaign file has it */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bring a piece of a file: its bytes from `offset` on, at most 4 MiB */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: staff_only, import_unknown, import_at_work, import_over, busy,
            *     invalid_field, piece_missing, file_too_large, import_too_large, too_many_files, storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    checkImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the import */
                import: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Check it whole; nothing changes */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        import: number;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, import_unknown, import_at_work, import_over, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    startImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the import */
                import: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Check it whole, then carry it out */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        import: number;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, import_unknown, import_at_work, import_over, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listOrganisers: {
        parameters: {
            query?: {
                /** @description Part of the name */
                query?: string;
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The organisers that one acts for, the newest number first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        organisers: {
                            /** Format: int64 */
                            id: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            description?: {
                                zh: string;
                                en: string;
                            } | null;
                            picture?: string | null;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, invalid_field */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getResultsCsv: {
        parameters: {
            query?: {
                /** @description Only orders that were created at this time or later */
                from?: string;
                /** @description Only orders that were created before this time */
                until?: string;
                /** @description zh or en; by Accept-Language when absent */
                language?: 'zh' | 'en';
                /** @description Only tickets of this tier */
                tier?: number;
            };
            header?: never;
            path: {
                /** @description Number */
                campaign: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row per issued ticket: person, username, tier, order, ticket, code, time, state (effective, void,
            *     refunded) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'text/csv; charset=utf-8': string;
                };
            };
            /** @description Refused or failed. Codes: campaign_unknown, invalid_field, too_many_rows, busy, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getResultsXlsx: {
        parameters: {
            query?: {
                /** @description Only orders that were created at this time or later */
                from?: string;
                /** @description Only orders that were created before this time */
                until?: string;
                /** @description zh or en; by Accept-Language when absent */
                language?: 'zh' | 'en';
                /** @description Only tickets of this tier */
                tier?: number;
            };
            header?: never;
            path: {
                /** @description Number */
                campaign: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row per issued ticket: person, username, tier, order, ticket, code, time, state (effective, void,
            *     refunded) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
                };
            };
            /** @description Refused or failed. Codes: campaign_unknown, invalid_field, too_many_rows, busy, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getResultsJson: {
        parameters: {
            query?: {
                /** @description Only orders that were created at this time or later */
                from?: string;
                /** @description Only orders that were created before this time */
                until?: string;
                /** @description zh or en; by Accept-Language when absent */
                language?: 'zh' | 'en';
                /** @description Only tickets of this tier */
                tier?: number;
            };
            header?: never;
            path: {
                /** @description Number */
                campaign: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row per issued ticket: person, username, tier, order, ticket, code, time, state (effective, void,
            *     refunded) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: campaign_unknown, invalid_field, too_many_rows, busy, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getSessionOrdersCsv: {
        parameters: {
            query?: {
                /** @description Only orders that were created at this time or later */
                from?: string;
                /** @description Only orders that were created before this time */
                until?: string;
                /** @description zh or en; by Accept-Language when absent */
                language?: 'zh' | 'en';
                /** @description Only orders in this state */
                state?: string;
            };
            header?: never;
            path: {
                /** @description Number */
                session: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row per order of the session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'text/csv; charset=utf-8': string;
                };
            };
            /** @description Refused or failed. Codes: session_unknown, invalid_field, too_many_rows, busy, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getSessionOrdersXlsx: {
        parameters: {
            query?: {
                /** @description Only orders that were created at this time or later */
                from?: string;
                /** @description Only orders that were created before this time */
                until?: string;
                /** @description zh or en; by Accept-Language when absent */
                language?: 'zh' | 'en';
                /** @description Only orders in this state */
                state?: string;
            };
            header?: never;
            path: {
                /** @description Number */
                session: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row per order of the session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
                };
            };
            /** @description Refused or failed. Codes: session_unknown, invalid_field, too_many_rows, busy, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A session with its pools, tiers and campaigns */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        organiser: {
                            /** Format: int64 */
                            id: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                        };
                        show: {
                            /** Format: int64 */
                            id: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                        };
                        starts_at: string;
                        ends_at: string;
                        state: string;
                        venue?: {
                            zh: string;
                            en: string;
                        } | null;
                        notice?: {
                            zh: string;
                            en: string;
                        } | null;
                        cancel_reason?: {
                            zh: string;
                            en: string;
                        } | null;
                        orders_per_person: number;
                        tickets_per_person: number;
                        sale_ends_at_start: boolean;
                        refund_allowed: boolean;
                        /** Format: int64 */
                        refund_until_hours: number;
                        refund_fee_percent: string;
                        refund_review: boolean;
                        refund_second_review_from: string;
                        late_payment: string;
                        changed_at: string;
                        pools: {
                            /** Format: int64 */
                            pool: number;
                            kind: string;
                            /** Format: int64 */
                            capacity: number;
                            /** Format: int64 */
                            free: number;
                            /** Format: int64 */
                            held: number;
                            /** Format: int64 */
                            sold: number;
                            /** Format: int64 */
                            withdrawn: number;
                        }[];
                        tiers: {
                            /** Format: int64 */
                            id: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            description?: {
                                zh: string;
                                en: string;
                            } | null;
                            /** Format: int64 */
                            pool: number;
                            price: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                            on_sale: boolean;
                            valid_from?: string | null;
                            valid_until?: string | null;
                            changed_at: string;
                        }[];
                        campaigns: {
                            /** Format: int64 */
                            id: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            description?: {
                                zh: string;
                                en: string;
                            } | null;
                            picture?: string | null;
                            opens_at: string;
                            closes_at: string;
                            state: string;
                            one_per_person: boolean;
                            tickets_per_order: number;
                            /** Format: int64 */
                            hold_minutes: number;
                            tiers: number[];
                            changed_at: string;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, session_unknown, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    removeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take a session out of the catalogue */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, invalid_field, session_unknown,
            *     session_closed, definition_conflict, definition_invalid, busy, storage_full, stopping, session_not_removable */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    editSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    starts_at?: string | null;
                    ends_at?: string | null;
                    orders_per_person?: number | null;
                    tickets_per_person?: number | null;
                    venue?: {
                        zh: string;
                        en: string;
                    } | null;
                    notice?: {
                        zh: string;
                        en: string;
                    } | null;
                    refund_allowed?: boolean | null;
                    refund_until_hours?: number | null;
                    refund_fee_percent?: string | null;
                    refund_review?: boolean | null;
                    refund_second_review_from?: string | null;
                    late_payment?: string | null;
                };
            };
        };
        responses: {
            /** @description Change a session's times, limits, venue or notice */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        session: number;
                        outcome: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, invalid_field, session_unknown,
            *     session_closed, definition_conflict, definition_invalid, busy, storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    editTier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the tier */
                tier: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    name?: {
                        zh: string;
                        en: string;
                    } | null;
                    description?: {
                        zh: string;
                        en: string;
                    } | null;
                    price?: string | null;
                    on_sale?: boolean | null;
                    valid_from?: string | null;
                    valid_until?: string | null;
                };
            };
        };
        responses: {
            /** @description Change a tier's texts, price, validity or sale */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        session: number;
                        outcome: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, invalid_field, tier_unknown,
            *     session_closed, definition_conflict, definition_invalid, busy, storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    addCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    /** Format: int64 */
                    id: number;
                    name: {
                        zh: string;
                        en: string;
                    };
                    description?: {
                        zh: string;
                        en: string;
                    } | null;
                    opens_at: string;
                    closes_at: string;
                    one_per_person?: boolean | null;
                    tickets_per_order?: number | null;
                    hold_minutes?: number | null;
                    tiers: number[];
                    picture?: string | null;
                };
            };
        };
        responses: {
            /** @description Add a campaign to a session */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        session: number;
                        outcome: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, invalid_field, session_unknown,
            *     session_closed, definition_conflict, definition_invalid, busy, storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    cancelSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    reason: {
                        zh: string;
                        en: string;
                    };
                };
            };
        };
        responses: {
            /** @description Cancel a session before it starts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        session: number;
                        outcome: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, invalid_field, session_unknown,
            *     session_closed, definition_conflict, definition_invalid, busy, storage_full, stopping, session_started */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description The number, or part of the name of campaign, show, organiser or venue */
                query?: string;
                /** @description All when absent */
                state?: 'upcoming' | 'current' | 'ended' | 'cancelled';
                /** @description Number of an organiser */
                organiser?: number;
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions of the organisers that one acts for, the newest number first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        sessions: {
                            /** Format: int64 */
                            id: number;
                            organiser: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            show: {
                                /** Format: int64 */
                                id: number;
                                name: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            starts_at: string;
                            ends_at: string;
                            state: string;
                            venue?: {
                                zh: string;
                                en: string;
                            } | null;
                            refund_allowed: boolean;
                            /** Format: int64 */
                            refund_until_hours: number;
                            refund_fee_percent: string;
                            refund_review: boolean;
                            refund_second_review_from: string;
                            late_payment: string;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, invalid_field */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    setUpSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    organiser: {
                        /** Format: int64 */
                        id: number;
                        name: {
                            zh: string;
                            en: string;
                        };
                        description?: {
                            zh: string;
                            en: string;
                        } | null;
                        picture?: string | null;
                    };
                    show: {
                        /** Format: int64 */
                        id: number;
                        name: {
                            zh: string;
                            en: string;
                        };
                        description?: {
                            zh: string;
                            en: string;
                        } | null;
                        venue?: {
                            zh: string;
                            en: string;
                        } | null;
                        notice?: {
                            zh: string;
                            en: string;
                        } | null;
                        picture?: string | null;
                    };
                    session: {
                        /** Format: int64 */
                        id: number;
                        starts_at: string;
                        ends_at: string;
                        orders_per_person?: number | null;
                        tickets_per_person?: number | null;
                        venue?: {
                            zh: string;
                            en: string;
                        } | null;
                        notice?: {
                            zh: string;
                            en: string;
                        } | null;
                        sale_ends_at_start?: boolean | null;
                        refund_allowed?: boolean | null;
                        refund_until_hours?: number | null;
                        refund_fee_percent?: string | null;
                        refund_review?: boolean | null;
                        refund_second_review_from?: string | null;
                        late_payment?: string | null;
                    };
                    pools: {
                        /** Format: int64 */
                        id: number;
                        kind?: string | null;
                        count?: number | null;
                        list?: number | null;
                    }[];
                    tiers: {
                        /** Format: int64 */
                        id: number;
                        name: {
                            zh: string;
                            en: string;
                        };
                        description?: {
                            zh: string;
                            en: string;
                        } | null;
                        /** Format: int64 */
                        pool: number;
                        price?: string | null;
                        currency?: string | null;
                        valid_from?: string | null;
                        valid_until?: string | null;
                    }[];
                    campaigns: {
                        /** Format: int64 */
                        id: number;
                        name: {
                            zh: string;
                            en: string;
                        };
                        description?: {
                            zh: string;
                            en: string;
                        } | null;
                        opens_at: string;
                        closes_at: string;
                        one_per_person?: boolean | null;
                        tickets_per_order?: number | null;
                        hold_minutes?: number | null;
                        tiers: number[];
                        picture?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Set up a session with its stock, tiers and campaigns, in one step */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        session: number;
                        outcome: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, invalid_field, definition_conflict, busy, storage_full,
            *     stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listSessionOrders: {
        parameters: {
            query?: {
                /** @description Only orders in this state */
                state?: string;
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Orders of a session, newest first, as old as the rows for queries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        orders: {
                            /** Format: int64 */
                            id: number;
                            /** Format: int64 */
                            person: number;
                            /** Format: int64 */
                            campaign: number;
                            state: string;
                            /** Format: int64 */
                            quantity: number;
                            amount: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                            lines: {
                                /** Format: int64 */
                                tier: number;
                                quantity: number;
                                unit_price: {
                                    /** Format: int64 */
                                    minor: number;
                                    currency: string;
                                };
                            }[];
                            created_at: string;
                            changed_at: string;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: session_unknown, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    addStock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
                /** @description Number of the pool within its session */
                pool: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    addition?: number | null;
                    count?: number | null;
                    list?: number | null;
                };
            };
        };
        responses: {
            /** @description Add stock to a pool; repeating an addition changes nothing */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        session: number;
                        outcome: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, invalid_field, session_unknown, session_closed, pool_unknown,
            *     definition_conflict, stock_not_free, busy, storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    withdrawStock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
                /** @description Number of the pool within its session */
                pool: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    /** Format: int64 */
                    count: number;
                    withdrawal?: number | null;
                };
            };
        };
        responses: {
            /** @description Take free stock away; with `withdrawal`, repeating it changes nothing */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        session: number;
                        outcome: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, invalid_field, session_unknown, session_closed, pool_unknown,
            *     definition_conflict, stock_not_free, busy, storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getSessionStatistics: {
        parameters: {
            query?: {
                /** @description This many people with the most tickets; looks at every order */
                top?: number;
            };
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a session has sold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        orders: number;
                        /** Format: int64 */
                        completed: number;
                        /** Format: int64 */
                        reserved: number;
                        /** Format: int64 */
                        cancelled: number;
                        /** Format: int64 */
                        expired: number;
                        /** Format: int64 */
                        refunded: number;
                        /** Format: int64 */
                        tickets: number;
                        amount: {
                            /** Format: int64 */
                            minor: number;
                            currency: string;
                        };
                        other_amounts?:
                            | {
                                  /** Format: int64 */
                                  minor: number;
                                  currency: string;
                              }[]
                            | null;
                        refund_rate: string;
                        /** Format: int64 */
                        session: number;
                        tiers: {
                            /** Format: int64 */
                            tier: number;
                            name?: {
                                zh: string;
                                en: string;
                            } | null;
                            /** Format: int64 */
                            orders: number;
                            /** Format: int64 */
                            tickets: number;
                            amount: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                        }[];
                        hours: {
                            at: string;
                            /** Format: int64 */
                            orders: number;
                            /** Format: int64 */
                            tickets: number;
                        }[];
                        top_people?:
                            | {
                                  /** Format: int64 */
                                  person: number;
                                  username: string;
                                  /** Format: int64 */
                                  orders: number;
                                  /** Format: int64 */
                                  tickets: number;
                                  amount: {
                                      /** Format: int64 */
                                      minor: number;
                                      currency: string;
                                  };
                              }[]
                            | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, busy, session_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getStatistics: {
        parameters: {
            query?: {
                /** @description A time, cut to its hour; a week before `until` when absent */
                from?: string;
                /** @description A time; now when absent; at most 366 days after `from` */
                until?: string;
                /** @description Only this organiser's */
                organiser?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Orders of a period by creation, best sold shows and sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        orders: number;
                        /** Format: int64 */
                        completed: number;
                        /** Format: int64 */
                        reserved: number;
                        /** Format: int64 */
                        cancelled: number;
                        /** Format: int64 */
                        expired: number;
                        /** Format: int64 */
                        refunded: number;
                        /** Format: int64 */
                        tickets: number;
                        amount: {
                            /** Format: int64 */
                            minor: number;
                            currency: string;
                        };
                        other_amounts?:
                            | {
                                  /** Format: int64 */
                                  minor: number;
                                  currency: string;
                              }[]
                            | null;
                        refund_rate: string;
                        from: string;
                        until: string;
                        shows: {
                            /** Format: int64 */
                            id: number;
                            name?: {
                                zh: string;
                                en: string;
                            } | null;
                            starts_at?: string | null;
                            /** Format: int64 */
                            orders: number;
                            /** Format: int64 */
                            tickets: number;
                            amount: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                        }[];
                        sessions: {
                            /** Format: int64 */
                            id: number;
                            name?: {
                                zh: string;
                                en: string;
                            } | null;
                            starts_at?: string | null;
                            /** Format: int64 */
                            orders: number;
                            /** Format: int64 */
                            tickets: number;
                            amount: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                        }[];
                        /** Format: int64 */
                        step_seconds: number;
                        hours: {
                            at: string;
                            /** Format: int64 */
                            orders: number;
                            /** Format: int64 */
                            tickets: number;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, busy, not_your_organiser */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getOwnStatistics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One's own orders: count, total and average */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        orders: number;
                        /** Format: int64 */
                        completed: number;
                        /** Format: int64 */
                        tickets: number;
                        totals: {
                            /** Format: int64 */
                            orders: number;
                            total: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                            average: {
                                /** Format: int64 */
                                minor: number;
                                currency: string;
                            };
                        }[];
                        complete: boolean;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getStock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stock of a session's pools */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        pools: {
                            /** Format: int64 */
                            pool: number;
                            kind: string;
                            /** Format: int64 */
                            capacity: number;
                            /** Format: int64 */
                            free: number;
                            /** Format: int64 */
                            held: number;
                            /** Format: int64 */
                            sold: number;
                            /** Format: int64 */
                            withdrawn: number;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, session_unknown, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listStockChanges: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                after?: string;
                /** @description 1 to 1000, 100 when absent */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every change of a session's stock, the oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        changes: {
                            cursor: string;
                            at: string;
                            /** Format: int64 */
                            pool: number;
                            kind: string;
                            /** Format: int64 */
                            quantity: number;
                            order?: number | null;
                        }[];
                        next?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, session_unknown, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Webhooks of one's organisers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        webhooks: {
                            /** Format: int64 */
                            id: number;
                            /** Format: int64 */
                            organiser: number;
                            url: string;
                            events: string[];
                            state: string;
                            created_at: string;
                            failing_since?: string | null;
                            secret?: string | null;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: webhook_unknown, not_your_organiser, invalid_field, busy, storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    addWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    /** Format: int64 */
                    organiser: number;
                    url: string;
                    events: string[];
                };
            };
        };
        responses: {
            /** @description Tell an address what happens from now on */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        /** Format: int64 */
                        organiser: number;
                        url: string;
                        events: string[];
                        state: string;
                        created_at: string;
                        failing_since?: string | null;
                        secret?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: webhook_unknown, not_your_organiser, invalid_field, busy, storage_full,
            *     organiser_unknown, too_many_webhooks */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the webhook */
                webhook: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a webhook */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: webhook_unknown, not_your_organiser, invalid_field, busy, storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the webhook */
                webhook: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    url?: string | null;
                    events?: string[] | null;
                    on?: boolean | null;
                };
            };
        };
        responses: {
            /** @description Change a webhook, or switch it on or off */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        id: number;
                        /** Format: int64 */
                        organiser: number;
                        url: string;
                        events: string[];
                        state: string;
                        created_at: string;
                        failing_since?: string | null;
                        secret?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: webhook_unknown, not_your_organiser, invalid_field, busy, storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the webhook */
                webhook: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Call it once with an event of the type test */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        status: number;
                        /** Format: int64 */
                        milliseconds: number;
                        error?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: webhook_unknown, not_your_organiser, invalid_field, busy, storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the webhook */
                webhook: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Recent and parked deliveries of a webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        recent: {
                            event: string;
                            at: string;
                            events: number;
                            attempt: number;
                            status: number;
                            /** Format: int64 */
                            milliseconds: number;
                            error?: string | null;
                        }[];
                        parked: {
                            /** Format: int64 */
                            id: number;
                            shard: number;
                            /** Format: int64 */
                            from: number;
                            /** Format: int64 */
                            until: number;
                            events: number;
                            status: number;
                            error: string;
                            at: string;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: webhook_unknown, not_your_organiser, invalid_field, busy, storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the webhook */
                webhook: number;
                /** @description Number of the delivery */
                delivery: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send a parked delivery again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        status: number;
                        /** Format: int64 */
                        milliseconds: number;
                        error?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: webhook_unknown, not_your_organiser, invalid_field, busy, storage_full,
            *     delivery_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    dropDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the webhook */
                webhook: number;
                /** @description Number of the delivery */
                delivery: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Give a parked delivery up */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: webhook_unknown, not_your_organiser, invalid_field, busy, storage_full,
            *     delivery_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listBanks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The banks, and in which ways each can be paid with now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        banks: {
                            /** Format: int64 */
                            bank: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            ways: string[];
                            usable: boolean;
                            merchant: string;
                            public_url?: string | null;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listBankBills: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    /** Format: int64 */
                    bank: number;
                    consent: string;
                    before?: number | null;
                };
            };
        };
        responses: {
            /** @description What one has paid at a bank and got back, as the bank has it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        bank: number;
                        bank_name: {
                            zh: string;
                            en: string;
                        };
                        items: {
                            transaction: string;
                            kind: string;
                            order?: number | null;
                            /** Format: int64 */
                            amount: number;
                            currency: string;
                            at: string;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: bank_unknown, bank_away, consent_invalid, consent_of_other, invalid_field,
            *     busy, storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    tellPaymentEvents: {
        parameters: {
            query?: never;
            header: {
                /** @description Name of who signs */
                'Onsale-Party'?: string;
                /** @description Id of the key */
                'Onsale-Key': string;
                /** @description Seconds since 1970; at most 300 s from now */
                'Onsale-Time': string;
                /** @description v1=<HMAC-SHA256, in hex, of method, path with query and time, each with a line feed, and the
                *     body> */
                'Onsale-Signature': string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    events: {
                        event: string;
                        kind: string;
                        reference?: string | null;
                        refund?: string | null;
                        status: string;
                        transaction?: string | null;
                        order?: string | null;
                        amount?: number | null;
                        currency?: string | null;
                        at?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description A bank tells what it has taken and given back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: invalid_field, bank_unknown, busy, body_too_large, signature_refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    sendHeartbeat: {
        parameters: {
            query?: never;
            header: {
                /** @description Name of who signs */
                'Onsale-Party'?: string;
                /** @description Id of the key */
                'Onsale-Key': string;
                /** @description Seconds since 1970; at most 300 s from now */
                'Onsale-Time': string;
                /** @description v1=<HMAC-SHA256, in hex, of method, path with query and time, each with a line feed, and the
                *     body> */
                'Onsale-Signature': string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    kind: string;
                    /** Format: int64 */
                    party: number;
                    instance: string;
                    url: string;
                    public_url?: string | null;
                    ways: string[];
                    serving?: boolean | null;
                };
            };
        };
        responses: {
            /** @description An instance of a bank's or supplier's program is there */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        pause_ms: number;
                        /** Format: int64 */
                        lifetime_ms: number;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, too_many_instances, signature_refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getBalances: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What every account of the books has */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        balances: {
                            account: string;
                            name?: {
                                zh: string;
                                en: string;
                            } | null;
                            currency: string;
                            /** Format: int64 */
                            debit: number;
                            /** Format: int64 */
                            credit: number;
                            /** Format: int64 */
                            balance: number;
                        }[];
                        sums: {
                            currency: string;
                            /** Format: int64 */
                            sum: number;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listEntries: {
        parameters: {
            query?: {
                /** @description bank:1, organiser:7, deposits, refunds_due, fees, suspense:late, … */
                account?: string;
                /** @description Only what is about this order */
                order?: number;
                /** @description Of the calendar, in UTC: 2026-11-20 */
                day?: string;
                /** @description `next` of the former page */
                before?: string;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Entries of the books, newest first: one item for each side */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        entries: {
                            entry: string;
                            at: string;
                            account: string;
                            name?: {
                                zh: string;
                                en: string;
                            } | null;
                            /** Format: int64 */
                            amount: number;
                            currency: string;
                            session?: number | null;
                            order?: number | null;
                            payment?: number | null;
                            refund?: number | null;
                            stray?: number | null;
                        }[];
                        next?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getPayables: {
        parameters: {
            query?: {
                /** @description Only this organiser's */
                organiser?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the organisers that one acts for are owed, by session and currency */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        payables: {
                            /** Format: int64 */
                            organiser: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            /** Format: int64 */
                            session: number;
                            show: {
                                zh: string;
                                en: string;
                            };
                            starts_at?: string | null;
                            currency: string;
                            /** Format: int64 */
                            orders: number;
                            /** Format: int64 */
                            sold: number;
                            /** Format: int64 */
                            refunded: number;
                            /** Format: int64 */
                            fees: number;
                            /** Format: int64 */
                            owed: number;
                        }[];
                        sums: {
                            currency: string;
                            /** Format: int64 */
                            orders: number;
                            /** Format: int64 */
                            sold: number;
                            /** Format: int64 */
                            refunded: number;
                            /** Format: int64 */
                            fees: number;
                            /** Format: int64 */
                            owed: number;
                        }[];
                        complete: boolean;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getPayablesCsv: {
        parameters: {
            query?: {
                /** @description Only this organiser's */
                organiser?: number;
                /** @description zh or en; by Accept-Language when absent */
                language?: 'zh' | 'en';
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The same as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'text/csv; charset=utf-8': string;
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getPayablesXlsx: {
        parameters: {
            query?: {
                /** @description Only this organiser's */
                organiser?: number;
                /** @description zh or en; by Accept-Language when absent */
                language?: 'zh' | 'en';
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The same as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listReconciliations: {
        parameters: {
            query?: {
                /** @description Only of this bank */
                bank?: number;
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reconciliations, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        reconciliations: {
                            /** Format: int64 */
                            reconciliation: number;
                            /** Format: int64 */
                            bank: number;
                            bank_name: {
                                zh: string;
                                en: string;
                            };
                            day: string;
                            state: string;
                            trouble?: string | null;
                            detail?: string | null;
                            clean: boolean;
                            day_was_over: boolean;
                            /** Format: int64 */
                            lines: number;
                            /** Format: int64 */
                            matched: number;
                            /** Format: int64 */
                            differences: number;
                            /** Format: int64 */
                            banks_in: number;
                            /** Format: int64 */
                            banks_out: number;
                            /** Format: int64 */
                            ours_in: number;
                            /** Format: int64 */
                            ours_out: number;
                            currency: string;
                            started_at: string;
                            ended_at?: string | null;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, busy, invalid_field */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    reconcile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    /** Format: int64 */
                    bank: number;
                    day: string;
                };
            };
        };
        responses: {
            /** @description Compare a bank's file of a day with the books */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        reconciliation: number;
                        /** Format: int64 */
                        bank: number;
                        bank_name: {
                            zh: string;
                            en: string;
                        };
                        day: string;
                        state: string;
                        trouble?: string | null;
                        detail?: string | null;
                        clean: boolean;
                        day_was_over: boolean;
                        /** Format: int64 */
                        lines: number;
                        /** Format: int64 */
                        matched: number;
                        /** Format: int64 */
                        differences: number;
                        /** Format: int64 */
                        banks_in: number;
                        /** Format: int64 */
                        banks_out: number;
                        /** Format: int64 */
                        ours_in: number;
                        /** Format: int64 */
                        ours_out: number;
                        currency: string;
                        started_at: string;
                        ended_at?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, invalid_field, bank_unknown, bank_away, busy, storage_full */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getReconciliation: {
        parameters: {
            query?: {
                /** @description `next` of the former part */
                from?: number;
                /** @description Items, 1 to 500, 100 when absent */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Number of the reconciliation */
                reconciliation: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A reconciliation and what it found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        reconciliation: number;
                        /** Format: int64 */
                        bank: number;
                        bank_name: {
                            zh: string;
                            en: string;
                        };
                        day: string;
                        state: string;
                        trouble?: string | null;
                        detail?: string | null;
                        clean: boolean;
                        day_was_over: boolean;
                        /** Format: int64 */
                        lines: number;
                        /** Format: int64 */
                        matched: number;
                        /** Format: int64 */
                        differences: number;
                        /** Format: int64 */
                        banks_in: number;
                        /** Format: int64 */
                        banks_out: number;
                        /** Format: int64 */
                        ours_in: number;
                        /** Format: int64 */
                        ours_out: number;
                        currency: string;
                        started_at: string;
                        ended_at?: string | null;
                        items: {
                            kind: string;
                            cause: string;
                            meaning: {
                                zh: string;
                                en: string;
                            };
                            mends: string;
                            flow: string;
                            reference: string;
                            transaction: string;
                            order?: number | null;
                            ours?: {
                                /** Format: int64 */
                                amount: number;
                                currency: string;
                            } | null;
                            banks?: {
                                /** Format: int64 */
                                amount: number;
                                currency: string;
                            } | null;
                            line?: number | null;
                            detail?: string | null;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, reconciliation_unknown, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getReconciliationCsv: {
        parameters: {
            query?: {
                /** @description zh or en; by Accept-Language when absent */
                language?: 'zh' | 'en';
            };
            header?: never;
            path: {
                /** @description Number of the reconciliation */
                reconciliation: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a reconciliation found, as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'text/csv; charset=utf-8': string;
                };
            };
            /** @description Refused or failed. Codes: admin_only, reconciliation_unknown, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What one is told about one's refunds, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        messages: {
                            /** Format: int64 */
                            message: number;
                            kind: string;
                            /** Format: int64 */
                            order: number;
                            /** Format: int64 */
                            refund: number;
                            /** Format: int64 */
                            amount: number;
                            currency: string;
                            created_at: string;
                            read: boolean;
                        }[];
                        /** Format: int64 */
                        unread: number;
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    markMessageRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the message */
                message: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Mark a message as read */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or failed. Codes: message_unknown, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listOrderPayments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the order */
                order: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payments of one of one's own orders, in the order they began */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        payments: {
                            /** Format: int64 */
                            payment: number;
                            /** Format: int64 */
                            order: number;
                            /** Format: int64 */
                            bank: number;
                            bank_name: {
                                zh: string;
                                en: string;
                            };
                            way: string;
                            state: string;
                            /** Format: int64 */
                            amount: number;
                            currency: string;
                            /** Format: int64 */
                            captured: number;
                            use?: string | null;
                            parked: boolean;
                            reason?: string | null;
                            started_at: string;
                            changed_at: string;
                            expires_at?: string | null;
                            cashier_url?: string | null;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: order_unknown, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    startPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the order */
                order: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    /** Format: int64 */
                    bank: number;
                    way: string;
                    token?: string | null;
                };
            };
        };
        responses: {
            /** @description Begin to pay for an order */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        payment: number;
                        /** Format: int64 */
                        order: number;
                        /** Format: int64 */
                        bank: number;
                        bank_name: {
                            zh: string;
                            en: string;
                        };
                        way: string;
                        state: string;
                        /** Format: int64 */
                        amount: number;
                        currency: string;
                        /** Format: int64 */
                        captured: number;
                        use?: string | null;
                        parked: boolean;
                        reason?: string | null;
                        started_at: string;
                        changed_at: string;
                        expires_at?: string | null;
                        cashier_url?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: order_unknown, bank_unknown, bank_unavailable, order_not_payable,
            *     authorisation_invalid, authorisation_of_other_order, authorisation_too_small, authorisation_expired,
            *     payments_exhausted, invalid_field, busy, storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the payment */
                payment: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A payment of one's own */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        payment: number;
                        /** Format: int64 */
                        order: number;
                        /** Format: int64 */
                        bank: number;
                        bank_name: {
                            zh: string;
                            en: string;
                        };
                        way: string;
                        state: string;
                        /** Format: int64 */
                        amount: number;
                        currency: string;
                        /** Format: int64 */
                        captured: number;
                        use?: string | null;
                        parked: boolean;
                        reason?: string | null;
                        started_at: string;
                        changed_at: string;
                        expires_at?: string | null;
                        cashier_url?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: payment_unknown, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getRefundTerms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the order */
                order: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What would be given back if it were asked for now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        order: number;
                        allowed: boolean;
                        why_not?: string | null;
                        cause: string;
                        /** Format: int64 */
                        paid: number;
                        /** Format: int64 */
                        fee: number;
                        /** Format: int64 */
                        amount: number;
                        currency: string;
                        until?: string | null;
                        reviewed: boolean;
                    };
                };
            };
            /** @description Refused or failed. Codes: order_unknown, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    requestRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the order */
                order: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    reason: string;
                    note?: string | null;
                };
            };
        };
        responses: {
            /** @description Ask for the money back */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        refund: number;
                        /** Format: int64 */
                        order: number;
                        /** Format: int64 */
                        payment: number;
                        state: string;
                        cause: string;
                        reason?: string | null;
                        note?: string | null;
                        review?: string | null;
                        /** Format: int64 */
                        amount: number;
                        /** Format: int64 */
                        fee: number;
                        currency: string;
                        approvals: number;
                        approvals_needed: number;
                        requested_at: string;
                        changed_at: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: order_unknown, refund_not_allowed, refund_too_late, refund_nothing_paid,
            *     order_not_refundable, invalid_field, busy, storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listRefunds: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One's own refunds, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        refunds: {
                            /** Format: int64 */
                            refund: number;
                            /** Format: int64 */
                            order: number;
                            /** Format: int64 */
                            payment: number;
                            state: string;
                            cause: string;
                            reason?: string | null;
                            note?: string | null;
                            review?: string | null;
                            /** Format: int64 */
                            amount: number;
                            /** Format: int64 */
                            fee: number;
                            currency: string;
                            approvals: number;
                            approvals_needed: number;
                            requested_at: string;
                            changed_at: string;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    cancelRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the refund */
                refund: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take back a refund that is being reviewed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        refund: number;
                        /** Format: int64 */
                        order: number;
                        /** Format: int64 */
                        payment: number;
                        state: string;
                        cause: string;
                        reason?: string | null;
                        note?: string | null;
                        review?: string | null;
                        /** Format: int64 */
                        amount: number;
                        /** Format: int64 */
                        fee: number;
                        currency: string;
                        approvals: number;
                        approvals_needed: number;
                        requested_at: string;
                        changed_at: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: refund_unknown, refund_not_pending, busy, storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listAllBanks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every bank with its keys, without their secrets, and its instances */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        banks: {
                            /** Format: int64 */
                            bank: number;
                            name: {
                                zh: string;
                                en: string;
                            };
                            enabled: boolean;
                            usable: boolean;
                            ways: string[];
                            created_at: string;
                            keys: {
                                generation: number;
                                to_bank: string;
                                to_site: string;
                                created_at: string;
                                retired_at?: string | null;
                            }[];
                            instances: {
                                instance: string;
                                url: string;
                                public_url: string;
                                ways: string[];
                                in_use: boolean;
                                live: boolean;
                                serving: boolean;
                                breaker: string;
                                key_generation: number;
                                beat_at: string;
                                /** Format: int64 */
                                beat_age_ms: number;
                                /** Format: int64 */
                                calls: number;
                                /** Format: int64 */
                                failures: number;
                                /** Format: int64 */
                                latency_us: number;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    putBank: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the bank */
                bank: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    name: {
                        zh: string;
                        en: string;
                    };
                    enabled?: boolean | null;
                };
            };
        };
        responses: {
            /** @description Make a bank, or change its name or switch it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        bank: number;
                        credentials?: {
                            file_name: string;
                            text: string;
                        } | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, invalid_field, busy, storage_full, too_many_parties,
            *     site_address_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    rotateBankKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the bank */
                bank: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    grace_seconds?: number | null;
                };
            };
        };
        responses: {
            /** @description New keys for a bank */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        bank: number;
                        credentials?: {
                            file_name: string;
                            text: string;
                        } | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, invalid_field, busy, storage_full, bank_unknown,
            *     rotation_under_way, site_address_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listPayments: {
        parameters: {
            query?: {
                /** @description All when absent */
                state?: 'open' | 'authorised' | 'captured' | 'failed' | 'closed';
                /** @description Only those that are (not) parked */
                parked?: boolean;
                /** @description Number of an order */
                order?: number;
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Payments of the organisers that one acts for, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        payments: {
                            /** Format: int64 */
                            payment: number;
                            /** Format: int64 */
                            order: number;
                            /** Format: int64 */
                            bank: number;
                            bank_name: {
                                zh: string;
                                en: string;
                            };
                            way: string;
                            state: string;
                            /** Format: int64 */
                            amount: number;
                            currency: string;
                            /** Format: int64 */
                            captured: number;
                            use?: string | null;
                            parked: boolean;
                            reason?: string | null;
                            started_at: string;
                            changed_at: string;
                            expires_at?: string | null;
                            cashier_url?: string | null;
                            /** Format: int64 */
                            person: number;
                            /** Format: int64 */
                            session: number;
                            tries: number;
                            transaction?: string | null;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listPaymentDays: {
        parameters: {
            query?: {
                /** @description Today and the days before it, 1 to 366, 30 when absent */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was paid and given back at each bank, by day (UTC) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        days: {
                            day: string;
                            /** Format: int64 */
                            bank: number;
                            bank_name: {
                                zh: string;
                                en: string;
                            };
                            way: string;
                            currency: string;
                            /** Format: int64 */
                            started: number;
                            /** Format: int64 */
                            captured: number;
                            /** Format: int64 */
                            failed: number;
                            /** Format: int64 */
                            closed: number;
                            /** Format: int64 */
                            amount: number;
                            /** Format: int64 */
                            refunds: number;
                            /** Format: int64 */
                            refunded: number;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    resumePayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the payment */
                payment: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Let a parked payment go on: its bank is asked again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        payment: number;
                        /** Format: int64 */
                        order: number;
                        /** Format: int64 */
                        bank: number;
                        bank_name: {
                            zh: string;
                            en: string;
                        };
                        way: string;
                        state: string;
                        /** Format: int64 */
                        amount: number;
                        currency: string;
                        /** Format: int64 */
                        captured: number;
                        use?: string | null;
                        parked: boolean;
                        reason?: string | null;
                        started_at: string;
                        changed_at: string;
                        expires_at?: string | null;
                        cashier_url?: string | null;
                        /** Format: int64 */
                        person: number;
                        /** Format: int64 */
                        session: number;
                        tries: number;
                        transaction?: string | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, payment_unknown, not_parked, busy,
            *     storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listRefundReviews: {
        parameters: {
            query?: {
                /** @description All when absent */
                state?:
                    'requested' | 'approved' | 'completed' | 'rejected' | 'cancelled' | 'parked';
                /** @description Only those that are (not) parked */
                parked?: boolean;
                /** @description Number of a session */
                session?: number;
                /** @description `next` of the former page */
                before?: number;
                /** @description 1 to 100, 20 when absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refunds of the organisers that one acts for, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        refunds: {
                            /** Format: int64 */
                            refund: number;
                            /** Format: int64 */
                            order: number;
                            /** Format: int64 */
                            payment: number;
                            state: string;
                            cause: string;
                            reason?: string | null;
                            note?: string | null;
                            review?: string | null;
                            /** Format: int64 */
                            amount: number;
                            /** Format: int64 */
                            fee: number;
                            currency: string;
                            approvals: number;
                            approvals_needed: number;
                            requested_at: string;
                            changed_at: string;
                            /** Format: int64 */
                            person: number;
                            /** Format: int64 */
                            session: number;
                            bank_name: {
                                zh: string;
                                en: string;
                            };
                            parked: boolean;
                            refused: boolean;
                            given_before: boolean;
                            first_reviewer?: number | null;
                            second_reviewer?: number | null;
                            first_settler?: number | null;
                            second_settler?: number | null;
                        }[];
                        next?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, invalid_field, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    reviewRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the refund */
                refund: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    approve: boolean;
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description Approve or reject a refund */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        refund: number;
                        /** Format: int64 */
                        order: number;
                        /** Format: int64 */
                        payment: number;
                        state: string;
                        cause: string;
                        reason?: string | null;
                        note?: string | null;
                        review?: string | null;
                        /** Format: int64 */
                        amount: number;
                        /** Format: int64 */
                        fee: number;
                        currency: string;
                        approvals: number;
                        approvals_needed: number;
                        requested_at: string;
                        changed_at: string;
                        /** Format: int64 */
                        person: number;
                        /** Format: int64 */
                        session: number;
                        bank_name: {
                            zh: string;
                            en: string;
                        };
                        parked: boolean;
                        refused: boolean;
                        given_before: boolean;
                        first_reviewer?: number | null;
                        second_reviewer?: number | null;
                        first_settler?: number | null;
                        second_settler?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, refund_unknown, busy, storage_full,
            *     stopping, refund_not_pending, refund_same_reviewer, invalid_field */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    resumeRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the refund */
                refund: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Let a parked refund go on: its bank is asked again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        refund: number;
                        /** Format: int64 */
                        order: number;
                        /** Format: int64 */
                        payment: number;
                        state: string;
                        cause: string;
                        reason?: string | null;
                        note?: string | null;
                        review?: string | null;
                        /** Format: int64 */
                        amount: number;
                        /** Format: int64 */
                        fee: number;
                        currency: string;
                        approvals: number;
                        approvals_needed: number;
                        requested_at: string;
                        changed_at: string;
                        /** Format: int64 */
                        person: number;
                        /** Format: int64 */
                        session: number;
                        bank_name: {
                            zh: string;
                            en: string;
                        };
                        parked: boolean;
                        refused: boolean;
                        given_before: boolean;
                        first_reviewer?: number | null;
                        second_reviewer?: number | null;
                        first_settler?: number | null;
                        second_settler?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, refund_unknown, busy, storage_full,
            *     stopping, not_parked */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    settleRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the refund */
                refund: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                'application/json': {
                    note: string;
                };
            };
        };
        responses: {
            /** @description Say that the buyer got the money in another way than from the bank */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        refund: number;
                        /** Format: int64 */
                        order: number;
                        /** Format: int64 */
                        payment: number;
                        state: string;
                        cause: string;
                        reason?: string | null;
                        note?: string | null;
                        review?: string | null;
                        /** Format: int64 */
                        amount: number;
                        /** Format: int64 */
                        fee: number;
                        currency: string;
                        approvals: number;
                        approvals_needed: number;
                        requested_at: string;
                        changed_at: string;
                        /** Format: int64 */
                        person: number;
                        /** Format: int64 */
                        session: number;
                        bank_name: {
                            zh: string;
                            en: string;
                        };
                        parked: boolean;
                        refused: boolean;
                        given_before: boolean;
                        first_reviewer?: number | null;
                        second_reviewer?: number | null;
                        first_settler?: number | null;
                        second_settler?: number | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, refund_unknown, busy, storage_full,
            *     stopping, refund_not_refused, refund_same_reviewer, invalid_field */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getSessionRefunds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the session */
                session: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What became of a session's refunds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        orders: number;
                        /** Format: int64 */
                        requested: number;
                        /** Format: int64 */
                        waiting: number;
                        /** Format: int64 */
                        approved: number;
                        /** Format: int64 */
                        completed: number;
                        /** Format: int64 */
                        rejected: number;
                        /** Format: int64 */
                        cancelled: number;
                        /** Format: int64 */
                        parked: number;
                        refund_rate: string;
                        average_seconds?: number | null;
                        /** Format: int64 */
                        amount: number;
                        /** Format: int64 */
                        fees: number;
                        currency: string;
                        cancellation?: {
                            /** Format: int64 */
                            orders: number;
                            /** Format: int64 */
                            done: number;
                            /** Format: int64 */
                            parked: number;
                        } | null;
                    };
                };
            };
            /** @description Refused or failed. Codes: staff_only, not_your_organiser, session_unknown, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listStrays: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Money at banks that belongs to no payment, and is on its way back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        strays: {
                            /** Format: int64 */
                            stray: number;
                            /** Format: int64 */
                            bank: number;
                            bank_name: {
                                zh: string;
                                en: string;
                            };
                            transaction: string;
                            /** Format: int64 */
                            amount: number;
                            currency: string;
                            state: string;
                            parked: boolean;
                            refused: boolean;
                            tries: number;
                            received_at: string;
                            changed_at: string;
                        }[];
                        more: boolean;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, busy */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    resumeStray: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number */
                stray: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Let parked money of nobody go on: its bank is asked again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        /** Format: int64 */
                        stray: number;
                        /** Format: int64 */
                        bank: number;
                        bank_name: {
                            zh: string;
                            en: string;
                        };
                        transaction: string;
                        /** Format: int64 */
                        amount: number;
                        currency: string;
                        state: string;
                        parked: boolean;
                        refused: boolean;
                        tries: number;
                        received_at: string;
                        changed_at: string;
                    };
                };
            };
            /** @description Refused or failed. Codes: admin_only, stray_unknown, not_parked, busy, storage_full, stopping */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getSite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The site's name, clock and rules */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        name: {
                            zh: string;
                            en: string;
                        };
                        version: string;
                        now: string;
                        code_senders: {
                            email: boolean;
                            phone: boolean;
                        };
                        username_rules: {
                            pattern: string;
                            min: number;
                            max: number;
                        };
                        password_rules: {
                            pattern: string;
                            min: number;
                            max: number;
                        };
                        nickname_rules: {
                            pattern: string;
                            min: number;
                            max: number;
                        };
                        /** Format: int64 */
                        code_resend_seconds: number;
                    };
                };
            };
            /** @description Refused or failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is alive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': Record<string, never>;
                };
            };
            /** @description Refused or failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether it can serve, with each dependency; 503 when not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': {
                        ready: boolean;
                        version: string;
                        dependencies: {
                            name: string;
                            ready: boolean;
                            needed: boolean;
                            detail: string;
                        }[];
                    };
                };
            };
            /** @description Refused or failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metrics in Prometheus' text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'text/plain': string;
                };
            };
            /** @description Refused or failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': Record<string, never>;
                };
            };
            /** @description Refused or failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
    listErrors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The catalogue of error codes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': Record<string, never>;
                };
            };
            /** @description Refused or failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    'application/json': components['schemas']['Error'];
                };
            };
        };
    };
}
