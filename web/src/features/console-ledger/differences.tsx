// What a reconciliation found, a row for each line of the file or flow of ours that needs a word.
import { Link } from 'react-router-dom';
import type { Difference } from '@/api/money';
import { DataTable } from '@/shared/console/data-table';
import { useServerText } from '@/shared/i18n/texts';
import { Amount } from '@/shared/money/amount';
import { useLedgerTexts } from './texts';

type Money = Difference['ours'];

export function Differences({ rows }: { rows: Difference[] }) {
    const t = useLedgerTexts();
    const amount = (money: Money) =>
        money ? <Amount amount={money.amount} currency={money.currency} /> : '–';
    return (
        <DataTable<Difference>
            caption={t('differences')}
            rows={rows}
            rowKey={(one, index) => `${index} ${one.reference}`}
            columns={[
                { title: t('kind'), cell: (one) => <Kind one={one} /> },
                { title: t('cause'), cell: (one) => <Cause one={one} /> },
                { title: t('reference'), cell: (one) => <Names one={one} /> },
                { title: t('ours'), cell: (one) => amount(one.ours), numeric: true },
                { title: t('banks'), cell: (one) => amount(one.banks), numeric: true },
            ]}
        />
    );
}

const kLook: Record<string, string> = { by_person: 'bad', by_itself: 'warn' };

function Kind({ one }: { one: Difference }) {
    const t = useLedgerTexts();
    return (
        <span>
            {t(`kind_${one.kind}` as 'kind_note')}
            <br />
            <span className={`tag ${kLook[one.mends] ?? ''}`}>
                {t(`mends_${one.mends}` as 'mends_by_person')}
            </span>
        </span>
    );
}

function Cause({ one }: { one: Difference }) {
    const text = useServerText();
    return (
        <span>
            {text(one.meaning)}
            {one.detail && (
                <>
                    <br />
                    <span className="small muted">{one.detail}</span>
                </>
            )}
        </span>
    );
}

function Names({ one }: { one: Difference }) {
    const t = useLedgerTexts();
    return (
        <span>
            {one.reference && (
                <>
                    <span className="code small">{one.reference}</span>
                    <br />
                </>
            )}
            <span className="small muted">
                {[one.transaction, one.line ? t('line_of', { line: one.line }) : '']
                    .filter((part) => part !== '')
                    .join(' · ')}
            </span>
            {one.order && (
                <>
                    <br />
                    <Link className="small" to={`/console/payments?order=${one.order}`}>
                        {t('of_order', { id: one.order })}
                    </Link>
                </>
            )}
        </span>
    );
}
