// Asking for a refund in three steps: what it means, why, and the last look before it is sent.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router-dom';
import { useLanguage } from '@/shared/i18n/language';
import { Amount } from '@/shared/money/amount';
import { formatDateTime } from '@/shared/time/format';
import { Button, ButtonLink } from '@/shared/ui/button';
import { notify } from '@/shared/ui/notices';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { useRequestRefund, useTerms, type RefundTerms } from './api';
import { ReasonStep } from './reason-step';
import { whyNotOf, type Reason } from './states';
import { useRefundTexts } from './texts';
import '@/shared/ui/options.css';
import './refunds.css';

export default function RequestPage() {
    const t = useRefundTexts();
    const order = Number(useParams().order);
    const query = useTerms(order);
    return (
        <div className="stack refund">
            <p>
                <Link to={`/orders/${order}`}>{t('back_to_order')}</Link>
            </p>
            <PageHead title={t('title')}>
                <p className="muted small number">{t('order', { id: order })}</p>
            </PageHead>
            <Loaded query={query} height={240}>
                {(terms) =>
                    terms.allowed ? (
                        <Steps order={order} terms={terms} />
                    ) : (
                        <CannotBe terms={terms} />
                    )
                }
            </Loaded>
        </div>
    );
}

function CannotBe({ terms }: { terms: RefundTerms }) {
    const t = useRefundTexts();
    const language = useLanguage();
    const why = whyNotOf(terms.why_not);
    return (
        <>
            <div className="note warn stack tight" role="status">
                <h2>{t('cannot')}</h2>
                <p>{t(`why_${why}`)}</p>
                {why === 'refund_too_late' && terms.until && (
                    <p>{t('until_was', { time: formatDateTime(terms.until, language) })}</p>
                )}
            </div>
            <div className="row">
                <ButtonLink look="plain" to="/refunds">
                    {t('list')}
                </ButtonLink>
            </div>
        </>
    );
}

const kSteps = ['terms', 'reason', 'confirm'] as const;
type Step = (typeof kSteps)[number];

function Steps({ order, terms }: { order: number; terms: RefundTerms }) {
    const t = useRefundTexts();
    const navigate = useNavigate();
    const [step, goTo] = useState<Step>('terms');
    const [moved, setMoved] = useState(false);
    const [reason, setReason] = useState<Reason | null>(null);
    const [note, setNote] = useState('');
    const setStep = (next: Step) => {
        setMoved(true);
        goTo(next);
    };
    const request = useRequestRefund(order, () => {
        notify({ text: t('submitted') });
        navigate('/refunds');
    });
    const send = () => request.mutate({ reason: reason ?? 'other', note: note.trim() });
    return (
        <>
            <ol className="steps" aria-label={t('steps')}>
                {kSteps.map((one) => (
                    <li key={one} aria-current={one === step ? 'step' : undefined}>
                        {t(`step_${one}`)}
                    </li>
                ))}
            </ol>
            {step === 'terms' && (
                <OneStep title={t('step_terms')} moved={moved}>
                    {terms.cause === 'replaced' && <Replaced order={order} />}
                    <Figures terms={terms} />
                    <div>
                        <Button onClick={() => setStep('reason')}>{t('next')}</Button>
                    </div>
                </OneStep>
            )}
            {step === 'reason' && (
                <OneStep title={t('step_reason')} moved>
                    <ReasonStep
                        reason={reason}
                        note={note}
                        onReason={setReason}
                        onNote={setNote}
                        onBack={() => setStep('terms')}
                        onNext={() => setStep('confirm')}
                    />
                </OneStep>
            )}
            {step === 'confirm' && reason && (
                <OneStep title={t('step_confirm')} moved>
                    <p>{t('confirm_text')}</p>
                    <Figures terms={terms} />
                    <dl className="facts">
                        <dt>{t('step_reason')}</dt>
                        <dd>{t(reason)}</dd>
                        {note.trim() !== '' && (
                            <>
                                <dt>{t('note')}</dt>
                                <dd className="pre">{note.trim()}</dd>
                            </>
                        )}
                    </dl>
                    {request.error && <Problem error={request.error} />}
                    <div className="row">
                        <Button busy={request.isPending} onClick={send}>
                            {t('submit')}
                        </Button>
                        <Button look="plain" onClick={() => setStep('reason')}>
                            {t('back')}
                        </Button>
                    </div>
                </OneStep>
            )}
        </>
    );
}

// The focus goes along, so that a keyboard and a screen reader are where the step begins.
function OneStep({
    title,
    moved,
    children,
}: {
    title: string;
    moved: boolean;
    children: ReactNode;
}) {
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        if (!moved) return;
        heading.current?.focus({ preventScroll: true });
        heading.current?.scrollIntoView({ block: 'nearest' });
    }, [moved]);
    return (
        <section className="card stack">
            <h2 ref={heading} tabIndex={-1}>
                {title}
            </h2>
            {children}
        </section>
    );
}

function Replaced({ order }: { order: number }) {
    const t = useRefundTexts();
    return (
        <div className="note stack tight">
            <p className="strong">{t('replaced')}</p>
            <p>{t('replaced_text')}</p>
            <div className="row">
                <ButtonLink look="plain" to={`/orders/${order}`}>
                    {t('keep')}
                </ButtonLink>
            </div>
        </div>
    );
}

function Figures({ terms }: { terms: RefundTerms }) {
    const t = useRefundTexts();
    const language = useLanguage();
    const { currency } = terms;
    return (
        <>
            <dl className="facts">
                <dt>{t('paid')}</dt>
                <dd>
                    <Amount amount={terms.paid} currency={currency} />
                </dd>
                <dt>{t('fee')}</dt>
                <dd>
                    <Amount amount={terms.fee} currency={currency} />
                </dd>
                <dt>{t('amount')}</dt>
                <dd className="strong">
                    <Amount amount={terms.amount} currency={currency} />
                </dd>
                {terms.until && (
                    <>
                        <dt>{t('until')}</dt>
                        <dd>{formatDateTime(terms.until, language)}</dd>
                    </>
                )}
                <dt>{t('review')}</dt>
                <dd>{terms.reviewed ? t('reviewed') : t('not_reviewed')}</dd>
            </dl>
            <p className="small muted">{t('void')}</p>
        </>
    );
}
