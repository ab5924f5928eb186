// What sells best, with bars that compare.
import type { Ranked } from '@/api/console-types';
import { useServerText } from '../i18n/texts';
import { Link } from 'react-router-dom';
import { Amount, useNumber } from './figures';
import { useConsoleTexts } from './texts';

export function Ranking({ rows, linkOf }: { rows: Ranked[]; linkOf: (row: Ranked) => string }) {
    const t = useConsoleTexts();
    const text = useServerText();
    const number = useNumber();
    const most = Math.max(1, ...rows.map((row) => row.tickets));
    return (
        <ol className="ranking">
            {rows.map((row) => (
                <li key={row.id}>
                    <div className="row apart">
                        <Link to={linkOf(row)}>{text(row.name) || row.id}</Link>
                        <span className="number">
                            {number(row.tickets)} {t('tickets_unit')} ·{' '}
                            <Amount money={row.amount} />
                        </span>
                    </div>
                    <div className="ranking-bar" aria-hidden="true">
                        <span style={{ width: `${(100 * row.tickets) / most}%` }} />
                    </div>
                </li>
            ))}
        </ol>
    );
}
