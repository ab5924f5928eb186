// Why there was no ticket (by the receipt of the refusal), or what became of an order.
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router-dom';
import { api, ask } from '@/shared/api/client';
import { kPrivateKey } from '@/shared/api/query';
import { Explained } from '@/shared/explanations/explained';
import { CopyButton } from '@/shared/ui/copy-button';
import { Loaded, PageHead } from '@/shared/ui/page';
import { useOrderTexts } from './texts';

export default function WhyPage() {
    const t = useOrderTexts();
    const [params] = useSearchParams();
    const receipt = params.get('receipt') ?? '';
    const order = Number(params.get('order') ?? 0);
    const query = useQuery({
        queryKey: [kPrivateKey, 'why', receipt, order],
        queryFn: () =>
            ask(api.POST('/api/v1/explanations', { body: receipt ? { receipt } : { order } })),
    });
    return (
        <div className="stack">
            <p>
                <Link to={receipt ? '/' : `/orders/${order}`}>
                    {receipt ? t('to_home') : t('back_to_order')}
                </Link>
            </p>
            <PageHead title={receipt ? t('why') : t('why_order')} />
            <Loaded query={query} height={200}>
                {(explanation) => <Explained explanation={explanation} />}
            </Loaded>
            {receipt && (
                <section className="card stack tight" aria-labelledby="receipt">
                    <h2 id="receipt">{t('receipt')}</h2>
                    <p className="small muted">{t('receipt_text')}</p>
                    <p className="code small">{receipt}</p>
                    <div className="row">
                        <CopyButton text={receipt} label={t('copy_receipt')} />
                    </div>
                </section>
            )}
        </div>
    );
}
