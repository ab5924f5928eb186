import { Link } from 'react-router-dom';
import type { Money as MoneyValue } from '@/api/types';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Money } from '@/shared/ui/money';
import { useStatistics } from './api';
import { useAccountTexts } from './texts';
import './accounts.css';

export default function StatisticsPage() {
    const t = useAccountTexts();
    const query = useStatistics();
    return (
        <div className="stack">
            <p>
                <Link to="/me">{t('me')}</Link>
            </p>
            <PageHead title={t('statistics')} />
            <Loaded query={query}>
                {(data) => (
                    <>
                        <dl className="card figures">
                            <div>
                                <dt className="muted">{t('stat_orders')}</dt>
                                <dd>
                                    <b className="number">{data.orders}</b>
                                </dd>
                            </div>
                            <div>
                                <dt className="muted">{t('stat_completed')}</dt>
                                <dd>
                                    <b className="number">{data.completed}</b>
                                </dd>
                            </div>
                            <div>
                                <dt className="muted">{t('stat_tickets')}</dt>
                                <dd>
                                    <b className="number">{data.tickets}</b>
                                </dd>
                            </div>
                            {data.totals.map((one) => (
                                <Totals key={one.total.currency} {...one} />
                            ))}
                        </dl>
                        {!data.complete && <p className="note">{t('stat_incomplete')}</p>}
                    </>
                )}
            </Loaded>
        </div>
    );
}

// Of one currency; free orders have no amount worth a line.
function Totals({ total, average }: { total: MoneyValue; average: MoneyValue }) {
    const t = useAccountTexts();
    if (total.minor === 0) return null;
    return (
        <>
            <div>
                <dt className="muted">{t('stat_amount')}</dt>
                <dd>
                    <b>
                        <Money money={total} />
                    </b>
                </dd>
            </div>
            <div>
                <dt className="muted">{t('stat_average')}</dt>
                <dd>
                    <b>
                        <Money money={average} />
                    </b>
                </dd>
            </div>
        </>
    );
}
