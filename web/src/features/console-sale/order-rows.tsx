import { Link } from 'react-router-dom';
import type { OrderRow } from '@/api/console-types';
import { DataTable } from '@/shared/console/data-table';
import { Amount, useNumber, When } from '@/shared/console/figures';
import { useIsAdmin } from '@/shared/console/me';
import { OrderTag } from '@/shared/ui/tags';
import { useSaleTexts } from './texts';

export function OrderRows({ rows, caption }: { rows: OrderRow[]; caption: string }) {
    const t = useSaleTexts();
    const number = useNumber();
    const admin = useIsAdmin();
    return (
        <DataTable<OrderRow>
            caption={caption}
            rows={rows}
            rowKey={(one) => one.id}
            columns={[
                { title: t('number'), cell: (one) => one.id },
                { title: t('created_at'), cell: (one) => <When time={one.created_at} /> },
                {
                    title: t('person'),
                    // Only administrators may look people up.
                    cell: (one) =>
                        admin ? (
                            <Link to={`/console/people/${one.person}`}>{one.person}</Link>
                        ) : (
                            one.person
                        ),
                },
                { title: t('tickets'), cell: (one) => number(one.quantity), numeric: true },
                { title: t('amount'), cell: (one) => <Amount money={one.amount} />, numeric: true },
                { title: t('state'), cell: (one) => <OrderTag state={one.state} /> },
            ]}
        />
    );
}
