import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { Message } from '@/api/money';
import { api, ask } from '@/shared/api/client';
import { useLanguage } from '@/shared/i18n/language';
import { kInboxKey, useInbox } from '@/shared/messages/inbox';
import { formatDateTime, formatMoney } from '@/shared/time/format';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { kindOf } from './kinds';
import { useMessageTexts } from './texts';

export default function MessagesPage() {
    const t = useMessageTexts();
    const query = useInbox();
    const unread = query.data?.pages[0]?.unread ?? 0;
    return (
        <>
            <PageHead title={t('title')}>
                <p className="muted" role="status">
                    {unread > 0 && t('unread', { count: unread })}
                </p>
            </PageHead>
            <Loaded query={query}>
                {(data) => <Messages messages={data.pages.flatMap((page) => page.messages)} />}
            </Loaded>
            {query.hasNextPage && (
                <Button
                    look="plain"
                    busy={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                >
                    {t('more')}
                </Button>
            )}
        </>
    );
}

function Messages({ messages }: { messages: Message[] }) {
    const t = useMessageTexts();
    const client = useQueryClient();
    const unread = messages.filter((one) => !one.read);
    const markAll = useMutation({
        mutationFn: async () => {
            for (const { message } of unread)
                await ask(
                    api.PUT('/api/v1/me/messages/{message}/read', {
                        params: { path: { message } },
                    }),
                );
        },
        onSettled: () => client.invalidateQueries({ queryKey: kInboxKey }),
    });
    if (messages.length === 0) return <Empty text={`${t('none')} · ${t('none_text')}`} />;
    return (
        <div className="stack">
            {markAll.error && <Problem error={markAll.error} />}
            {unread.length > 0 && (
                <div>
                    <Button look="plain" busy={markAll.isPending} onClick={() => markAll.mutate()}>
                        {t('mark_all')}
                    </Button>
                </div>
            )}
            <ul className="plain-list">
                {messages.map((one) => (
                    <li key={one.message}>
                        <OneMessage message={one} />
                    </li>
                ))}
            </ul>
        </div>
    );
}

function OneMessage({ message }: { message: Message }) {
    const t = useMessageTexts();
    const language = useLanguage();
    const kind = kindOf(message.kind);
    const money = formatMoney({ minor: message.amount, currency: message.currency }, language);
    return (
        <article className="card stack tight">
            <div className="row apart">
                <h2>{t(kind)}</h2>
                {!message.read && <span className="tag accent">{t('is_new')}</span>}
            </div>
            <p>{t(`${kind}_text`, { amount: money })}</p>
            <p className="muted small">{formatDateTime(message.created_at, language)}</p>
            <p className="row">
                <Link to={`/orders/${message.order}`}>{t('order', { id: message.order })}</Link>
                <Link to="/refunds">{t('refunds')}</Link>
            </p>
        </article>
    );
}
