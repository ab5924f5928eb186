// What a signed code is worth: its signature is checked here, and the server says whether the ticket
// is still good. Without a network the signature alone is told, and said to be alone.
import { useMutation } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { TicketCheck } from '@/api/types';
import { api, ask } from '@/shared/api/client';
import { ServerAway } from '@/shared/api/errors';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { formatDate, formatDateTime } from '@/shared/time/format';
import { Button } from '@/shared/ui/button';
import { PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { Camera, canScan } from './camera';
import { useTicketKeys } from './keys';
import { parseCode, readCode, type Reading, type SignedCode, type TicketKey } from './signed-code';
import { useCheckTexts } from './texts';
import './check-ticket.css';

interface Found {
    code: SignedCode | null;
    reading: Reading;
    server: TicketCheck | null; // null: it did not answer
}

async function check(text: string, keys: TicketKey[]): Promise<Found> {
    const code = parseCode(text);
    const reading = await readCode(code, keys);
    if (!code) return { code, reading, server: null };
    try {
        const server = await ask(api.POST('/api/v1/tickets/check', { body: { code: text } }));
        return { code, reading, server };
    } catch (error) {
        if (error instanceof ServerAway) return { code, reading, server: null };
        throw error;
    }
}

export default function CheckTicketPage() {
    const t = useCheckTexts();
    const id = useId();
    const keys = useTicketKeys().data ?? [];
    const [text, setText] = useState('');
    const [scanning, setScanning] = useState(false);
    const checking = useMutation({
        mutationFn: (wanted: string) => check(wanted, keys),
        networkMode: 'always',
        retry: false,
    });
    const submit = (event: FormEvent) => {
        event.preventDefault();
        checking.mutate(text);
    };
    const scanned = (found: string) => {
        setScanning(false);
        setText(found);
        checking.mutate(found);
    };
    return (
        <div className="stack check-ticket">
            <PageHead title={t('title')} />
            <p className="muted">{t('text')}</p>
            <form className="card stack" onSubmit={submit}>
                <div className="field">
                    <label htmlFor={id}>{t('code')}</label>
                    <textarea
                        id={id}
                        rows={5}
                        maxLength={400}
                        required
                        spellCheck={false}
                        autoCapitalize="characters"
                        aria-describedby={`${id}-hint`}
                        value={text}
                        onChange={(event) => setText(event.target.value)}
                    />
                    <span id={`${id}-hint`} className="muted small">
                        {t('code_hint')}
                    </span>
                </div>
                {scanning && <Camera found={scanned} close={() => setScanning(false)} />}
                <div className="row">
                    <Button type="submit" busy={checking.isPending}>
                        {t('check')}
                    </Button>
                    {canScan() && !scanning && (
                        <Button look="plain" onClick={() => setScanning(true)}>
                            {t('scan')}
                        </Button>
                    )}
                    {text && (
                        <Button
                            look="plain"
                            onClick={() => {
                                setText('');
                                checking.reset();
                            }}
                        >
                            {t('clear')}
                        </Button>
                    )}
                </div>
            </form>
            <div role="status" aria-live="polite">
                {checking.error && <Problem error={checking.error} />}
                {checking.data && <Verdict found={checking.data} />}
            </div>
        </div>
    );
}

const kLooks = {
    valid: 'good',
    void: 'bad',
    unknown_key: 'bad',
    forged: 'bad',
    malformed: 'warn',
    genuine: 'warn',
    unsupported: 'warn',
} as const;
type Word = keyof typeof kLooks;
const kSigns = { good: '✓', bad: '✕', warn: '!' } as const;

const kReasons = [
    'session_cancelled',
    'refunding',
    'refunded',
    'not_completed',
    'reissued',
    'order_unknown',
] as const;

function Verdict({ found }: { found: Found }) {
    const t = useCheckTexts();
    const said = found.server?.result ?? found.reading;
    const word: Word = said in kLooks ? (said as Word) : 'malformed';
    const reason = kReasons.find((one) => one === found.server?.reason);
    return (
        <article className={`card stack verdict ${kLooks[word]}`}>
            <h2>
                <span aria-hidden="true">{kSigns[kLooks[word]]}</span> {t(word)}
            </h2>
            <p>{word === 'void' ? reason && t(`reason_${reason}`) : t(`${word}_text`)}</p>
            {found.server?.ticket && <Facts check={found.server} />}
            {!found.server && found.reading === 'genuine' && found.code && (
                <dl className="facts">
                    <dt>{t('ticket')}</dt>
                    <dd>{found.code.ticket}</dd>
                </dl>
            )}
            {found.server && found.reading === 'genuine' && (
                <p className="muted small">{t('checked_here')}</p>
            )}
        </article>
    );
}

function Facts({ check: { show, tier_name, venue, ...rest } }: { check: TicketCheck }) {
    const t = useCheckTexts();
    const text = useServerText();
    const language = useLanguage();
    const rows: [string, string | number | undefined | null | false][] = [
        [t('show'), show && text(show)],
        [t('tier'), tier_name && text(tier_name)],
        [t('when'), rest.starts_at && formatDateTime(rest.starts_at, language)],
        [t('where'), venue && text(venue)],
        [
            t('valid_time'),
            rest.valid_from &&
                rest.valid_until &&
                t('valid_time_text', {
                    from: formatDate(rest.valid_from, language),
                    until: formatDate(rest.valid_until, language),
                }),
        ],
        [t('ticket'), rest.ticket],
        [t('issued'), rest.issued_at && formatDateTime(rest.issued_at, language)],
    ];
    return (
        <dl className="facts">
            {rows.map(
                ([label, value]) =>
                    value && (
                        <div key={label} className="pair">
                            <dt>{label}</dt>
                            <dd>{value}</dd>
                        </div>
                    ),
            )}
        </dl>
    );
}
