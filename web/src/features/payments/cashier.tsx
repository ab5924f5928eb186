// An open bill at the bank's cashier: its code to scan, its page in a new tab.
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { formatTimeOfDay } from '@/shared/time/format';
import { Button } from '@/shared/ui/button';
import { Problem } from '@/shared/ui/problem';
import { QrCode } from '@/shared/ui/qr';
import type { Payment, useStartPayment } from './api';
import { usePaymentTexts } from './texts';

export function Cashier({
    payment,
    start,
    onOther,
}: {
    payment: Payment;
    start: ReturnType<typeof useStartPayment>;
    onOther: () => void;
}) {
    const t = usePaymentTexts();
    const text = useServerText();
    const language = useLanguage();
    const bank = text(payment.bank_name);
    const started = start.data?.payment === payment.payment ? start.data : null;
    const link = payment.cashier_url || started?.cashier_url;
    return (
        <section className="card stack centred" aria-label={bank}>
            <h2>{bank}</h2>
            {payment.parked && <p className="note warn">{t('parked')}</p>}
            {start.error && <Problem error={start.error} />}
            {link ? (
                <>
                    <p>{t('scan')}</p>
                    <QrCode text={link} label={t('qr_label', { order: payment.order })} />
                    {payment.expires_at && (
                        <p className="small muted">
                            {t('qr_until', { time: formatTimeOfDay(payment.expires_at, language) })}
                        </p>
                    )}
                    <a
                        className="button wide"
                        href={link}
                        target="_blank"
                        rel="noopener noreferrer"
                    >
                        {t('open_bank', { bank })}
                    </a>
                </>
            ) : (
                <Button
                    wide
                    busy={start.isPending}
                    onClick={() => start.mutate({ bank: payment.bank, way: 'cashier' })}
                >
                    {t('show_code', { bank })}
                </Button>
            )}
            <p className="muted" role="status">
                <span className="pulse" aria-hidden="true" /> {t('waiting')}
            </p>
            <Button look="link" onClick={onOther}>
                {t('other_bank')}
            </Button>
        </section>
    );
}
